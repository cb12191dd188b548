// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import dev.squall.fault.Delay;
import dev.squall.fault.Distribution;
import dev.squall.fault.Fault;
import dev.squall.fault.Jitter;
import dev.squall.fault.Loss;
import dev.squall.fault.Partition;
import dev.squall.fault.PartitionMode;
import dev.squall.fault.Percentage;
import dev.squall.fault.Reset;
import dev.squall.fault.ResetEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What happens to the packets: the options of the group FAULT.
///
/// Several faults add up, in the order loss, delay, reset, partition.
final class FaultOptions {
  @Option(names = "--loss", paramLabel = "5%", description = "That share of the packets vanishes.")
  private List<Percentage> losses = List.of();

  @Option(
      names = "--delay",
      paramLabel = "50ms",
      description = "Every packet arrives that much later.")
  private List<Duration> latencies = List.of();

  @Option(names = "--jitter", paramLabel = "10ms", description = "The delay strays by as much.")
  private @Nullable Duration jitter;

  @Option(
      names = "--distribution",
      paramLabel = "uniform|normal",
      description = "How it strays (default uniform).")
  private @Nullable Distribution distribution;

  @Option(names = "--keep-order", description = "Jitter does not make packets of a flow overtake.")
  private boolean keepOrder;

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
    losses.forEach(share -> faults.add(new Loss(share)));
    latencies.forEach(latency -> faults.add(delay(latency)));
    ResetEnd end = resetEnd == null ? ResetEnd.BOTH : resetEnd;
    resets.forEach(share -> faults.add(new Reset(share, end)));
    partitions.forEach(mode -> faults.add(new Partition(mode)));
    if (faults.isEmpty()) {
      throw Usage.wrong(
          "a fault is missing: give --loss 5%, --delay 50ms, --reset or --partition drop");
    }
    return faults;
  }

  private Delay delay(Duration latency) {
    Delay constant = Usage.checked("--delay", () -> new Delay(latency, null, keepOrder));
    return jitter == null ? constant : new Delay(latency, jitter(), keepOrder);
  }

  private @Nullable Jitter jitter() {
    Duration amount = jitter;
    Distribution spread = distribution == null ? Distribution.UNIFORM : distribution;
    return amount == null ? null : Usage.checked("--jitter", () -> new Jitter(amount, spread));
  }

  /// An option that says more about another is refused where it has none or cannot tell which.
  private void requireOwners() {
    require(distribution == null || jitter != null, "--distribution belongs to --jitter 10ms");
    require(jitter == null || !latencies.isEmpty(), "--jitter belongs to --delay 50ms");
    require(!keepOrder || !latencies.isEmpty(), "--keep-order belongs to --delay 50ms");
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
