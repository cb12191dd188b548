// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import dev.squall.fault.Corrupt;
import dev.squall.fault.CorruptMode;
import dev.squall.fault.Delay;
import dev.squall.fault.Distribution;
import dev.squall.fault.DnsFailure;
import dev.squall.fault.Duplicate;
import dev.squall.fault.Fault;
import dev.squall.fault.FourStateLoss;
import dev.squall.fault.GilbertElliottLoss;
import dev.squall.fault.Jitter;
import dev.squall.fault.Loss;
import dev.squall.fault.MtuBlackhole;
import dev.squall.fault.NamedDistribution;
import dev.squall.fault.Partition;
import dev.squall.fault.PartitionMode;
import dev.squall.fault.PeriodicLoss;
import dev.squall.fault.Ramp;
import dev.squall.fault.Rate;
import dev.squall.fault.Reorder;
import dev.squall.fault.Reset;
import dev.squall.fault.ResetEnd;
import dev.squall.target.NamePattern;
import dev.squall.unit.BitRate;
import dev.squall.unit.ByteSize;
import dev.squall.unit.Percentage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What happens to the packets: the options of the group FAULT.
///
/// Several faults add up.
final class FaultOptions {
  @Option(names = "--loss", paramLabel = "5%", description = "That share of the packets vanishes.")
  private List<Percentage> losses = List.of();

  @Option(
      names = "--ramp",
      paramLabel = "0%..30%/60s",
      description = "How the share of loss, duplicate, corrupt or reset comes about.")
  private @Nullable Ramp ramp;

  @Option(
      names = "--loss-gemodel",
      paramLabel = "P,R[,1-H[,1-K]]",
      description = "Packets vanish in bursts: Gilbert-Elliott, as in 1%%,25%%.")
  private List<GilbertElliottLoss> gilbertElliottLosses = List.of();

  @Option(
      names = "--loss-state",
      paramLabel = "P13,P31[,P32[,P23[,P14]]]",
      description = "Packets vanish in bursts: four states, as in 1%%,25%%.")
  private List<FourStateLoss> fourStateLosses = List.of();

  @Option(names = "--loss-every", paramLabel = "100", description = "Every 100th packet vanishes.")
  private List<Integer> losesEvery = List.of();

  @Option(
      names = "--mtu-blackhole",
      paramLabel = "1400",
      description = "Larger IP packets vanish, and nobody is told.")
  private List<Integer> mtus = List.of();

  @Option(
      names = "--duplicate",
      paramLabel = "10%",
      description = "That share of the packets arrives twice.")
  private List<Percentage> duplicates = List.of();

  @Option(
      names = "--corrupt",
      paramLabel = "1%",
      description = "One bit is flipped in the payload of that share of the packets.")
  private List<Percentage> corruptions = List.of();

  @Option(
      names = "--corrupt-mode",
      paramLabel = "detectable|silent",
      description = "Whether the checksum shows it (default detectable).")
  private @Nullable CorruptMode corruptMode;

  @Option(
      names = "--reorder",
      paramLabel = "25%",
      description = "That share of the packets is overtaken by others.")
  private List<Percentage> reorders = List.of();

  @Option(
      names = "--gap",
      paramLabel = "5",
      description = "At least so many packets from one that is reordered to the next.")
  private @Nullable Integer gap;

  @Option(
      names = "--delay",
      paramLabel = "50ms",
      description = "Every packet arrives that much later.")
  private List<Duration> latencies = List.of();

  @Option(names = "--jitter", paramLabel = "10ms", description = "The delay strays by as much.")
  private @Nullable Duration jitter;

  @Option(
      names = "--distribution",
      paramLabel = "uniform|normal|FILE",
      converter = DistributionWord.class,
      completionCandidates = DistributionWord.class,
      description = "How it strays (default uniform); also pareto, paretonormal.")
  private @Nullable Distribution distribution;

  @Option(names = "--keep-order", description = "Jitter does not make packets of a flow overtake.")
  private boolean keepOrder;

  @Option(
      names = "--rate",
      paramLabel = "10mbit",
      description = "Packets pass as on a line of so many bits per second.")
  private List<BitRate> rates = List.of();

  @Option(
      names = "--burst",
      paramLabel = "32KiB",
      description = "So much may pass at once after a pause.")
  private @Nullable ByteSize burst;

  @Option(
      names = "--backlog",
      paramLabel = "200ms",
      description = "What would wait longer is dropped, or marked (default 200ms).")
  private @Nullable Duration backlog;

  @Option(
      names = "--dns-fail",
      paramLabel = "nxdomain|servfail|timeout",
      description = "Answers of DNS become this failure, or do not come.")
  private List<DnsFailure.Outcome> dnsFailures = List.of();

  @Option(
      names = "--name",
      paramLabel = "NAME|*.NAME|NAME.*",
      split = TrafficOptions.COMMA,
      description = "Only where this name is asked for (default all).")
  private List<NamePattern> names = List.of();

  @Option(
      names = "--reset",
      paramLabel = "100%",
      arity = "0..1",
      fallbackValue = "100%",
      description = "That share of TCP packets resets its connection.")
  private List<Percentage> resets = List.of();

  @Option(
      names = "--reset-end",
      paramLabel = "sender|receiver|both",
      description = "Who receives the reset (default both).")
  private @Nullable ResetEnd resetEnd;

  @Option(
      names = "--partition",
      paramLabel = "drop|reject",
      description = "Nothing passes: in silence, or with a refusal to the sender.")
  private List<PartitionMode> partitions = List.of();

  List<Fault> faults() {
    requireOwners();
    List<Fault> faults = new ArrayList<>();
    losses.forEach(share -> faults.add(ramped(() -> new Loss(share, ramp))));
    faults.addAll(gilbertElliottLosses);
    faults.addAll(fourStateLosses);
    losesEvery.forEach(n -> faults.add(Usage.checked("--loss-every", () -> new PeriodicLoss(n))));
    mtus.forEach(n -> faults.add(Usage.checked("--mtu-blackhole", () -> new MtuBlackhole(n))));
    duplicates.forEach(share -> faults.add(ramped(() -> new Duplicate(share, ramp))));
    CorruptMode corrupting = corruptMode == null ? CorruptMode.DETECTABLE : corruptMode;
    corruptions.forEach(share -> faults.add(ramped(() -> new Corrupt(share, corrupting, ramp))));
    reorders.forEach(share -> faults.add(reorder(share)));
    rates.forEach(rate -> faults.add(rate(rate)));
    dnsFailures.forEach(outcome -> faults.add(new DnsFailure(outcome, names)));
    latencies.forEach(latency -> faults.add(delay(latency)));
    ResetEnd end = resetEnd == null ? ResetEnd.BOTH : resetEnd;
    resets.forEach(share -> faults.add(ramped(() -> new Reset(share, end, ramp))));
    partitions.forEach(mode -> faults.add(new Partition(mode)));
    if (faults.isEmpty()) {
      throw Usage.wrong(
          "a fault is missing: give --loss 5%, --delay 50ms, --reset or --partition drop");
    }
    return faults;
  }

  private static Fault ramped(Supplier<Fault> fault) {
    return Usage.checked(fault);
  }

  private Reorder reorder(Percentage share) {
    return Usage.checked("--gap", () -> new Reorder(share, gap == null ? 1 : gap));
  }

  private Rate rate(BitRate rate) {
    Rate alone = Usage.checked("--rate", () -> new Rate(rate, null, Rate.DEFAULT_BACKLOG));
    Rate bursting = Usage.checked(() -> new Rate(rate, burst, alone.backlog()));
    Duration longest = backlog;
    return longest == null
        ? bursting
        : Usage.checked("--backlog", () -> new Rate(rate, burst, longest));
  }

  private Delay delay(Duration latency) {
    Delay constant = Usage.checked("--delay", () -> new Delay(latency, null, keepOrder));
    return jitter == null ? constant : new Delay(latency, jitter(), keepOrder);
  }

  private @Nullable Jitter jitter() {
    Duration amount = jitter;
    Distribution spread = distribution == null ? NamedDistribution.UNIFORM : distribution;
    return amount == null ? null : Usage.checked("--jitter", () -> new Jitter(amount, spread));
  }

  /// An option that says more about another is refused where it has none or cannot tell which.
  private void requireOwners() {
    require(distribution == null || jitter != null, "--distribution belongs to --jitter 10ms");
    require(jitter == null || !latencies.isEmpty(), "--jitter belongs to --delay 50ms");
    require(!keepOrder || !latencies.isEmpty(), "--keep-order belongs to --delay 50ms");
    require(
        corruptMode == null || !corruptions.isEmpty(), "--corrupt-mode belongs to --corrupt 1%");
    require(gap == null || !reorders.isEmpty(), "--gap belongs to --reorder 25%");
    require(
        ramp == null || losses.size() + duplicates.size() + corruptions.size() + resets.size() == 1,
        "--ramp belongs to one of --loss 30%, --duplicate 30%, --corrupt 30% and --reset 30%");
    require(names.isEmpty() || !dnsFailures.isEmpty(), "--name belongs to --dns-fail nxdomain");
    require(burst == null || !rates.isEmpty(), "--burst belongs to --rate 10mbit");
    require(backlog == null || !rates.isEmpty(), "--backlog belongs to --rate 10mbit");
    require(resetEnd == null || !resets.isEmpty(), "--reset-end belongs to --reset");
    if (latencies.size() > 1 && (jitter != null || keepOrder)) {
      throw Usage.wrong(
          "--jitter and --keep-order belong to one --delay: write several delays into a file for squall run");
    }
  }

  private static void require(boolean present, String message) {
    if (!present) {
      throw Usage.wrong(message + ": give both");
    }
  }
}
