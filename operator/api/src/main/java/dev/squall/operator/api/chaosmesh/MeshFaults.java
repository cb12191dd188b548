// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.chaosmesh;

import dev.squall.fault.Corrupt;
import dev.squall.fault.CorruptMode;
import dev.squall.fault.Duplicate;
import dev.squall.fault.Fault;
import dev.squall.fault.GilbertElliottLoss;
import dev.squall.fault.Loss;
import dev.squall.fault.Partition;
import dev.squall.fault.PartitionMode;
import dev.squall.unit.Percentage;
import io.fabric8.chaosmesh.v1alpha1.DelaySpec;
import io.fabric8.chaosmesh.v1alpha1.NetworkChaosSpec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The faults that actions and their blocks ask for.
final class MeshFaults {
  private static final int FINEST_SCALE = 9;

  /// A chain that never leaves its state would decide once for all packets.
  private static final Percentage STRONGEST = new Percentage(new BigDecimal("99.9"));

  private final NetworkChaosSpec spec;
  private final List<String> remarks;
  private final List<Fault> faults = new ArrayList<>();

  private MeshFaults(NetworkChaosSpec spec, List<String> remarks) {
    this.spec = spec;
    this.remarks = remarks;
  }

  /// @param remarks gets what is to be said
  /// @throws IllegalArgumentException with a sentence when nothing would happen, or cannot
  static List<Fault> of(NetworkChaosSpec spec, List<String> remarks) {
    MeshFaults all = new MeshFaults(spec, remarks);
    all.sayWhatIsIgnored();
    switch (spec.getAction()) {
      case "partition" -> all.faults.add(new Partition(all.partitionMode()));
      case "bandwidth" -> all.addBandwidth();
      case "netem", "delay", "loss", "duplicate", "corrupt" -> all.addNetem();
      default ->
          throw new IllegalArgumentException(
              "spec.action: \"%s\" is no action of a NetworkChaos".formatted(spec.getAction()));
    }
    if (all.faults.isEmpty()) {
      throw new IllegalArgumentException(
          "spec.action %s: no block asks for anything that would happen"
              .formatted(spec.getAction()));
    }
    return all.faults;
  }

  private void sayWhatIsIgnored() {
    blocks()
        .forEach(
            (block, belongs) -> {
              if (!belongs) {
                remarks.add(
                    "spec.%s: action %s does not use it.".formatted(block, spec.getAction()));
              }
            });
  }

  /// The blocks that are there, and whether the action uses them.
  private Map<String, Boolean> blocks() {
    boolean partition = spec.getAction().equals("partition");
    boolean bandwidth = spec.getAction().equals("bandwidth");
    boolean netem = !partition && !bandwidth;
    Map<String, Boolean> blocks = new TreeMap<>();
    put(blocks, "bandwidth", spec.getBandwidth(), bandwidth);
    put(blocks, "corrupt", spec.getCorrupt(), netem);
    put(blocks, "delay", spec.getDelay(), netem);
    put(blocks, "duplicate", spec.getDuplicate(), netem);
    put(blocks, "loss", spec.getLoss(), netem);
    put(blocks, "partitionBehavior", SpecFields.partitionBehavior(spec), partition);
    put(blocks, "rate", SpecFields.rate(spec), netem);
    return blocks;
  }

  private static void put(
      Map<String, Boolean> blocks, String name, @Nullable Object block, boolean belongs) {
    if (block != null) {
      blocks.put(name, belongs);
    }
  }

  private PartitionMode partitionMode() {
    return "reject".equals(SpecFields.partitionBehavior(spec))
        ? PartitionMode.REJECT
        : PartitionMode.DROP;
  }

  private void addBandwidth() {
    if (spec.getBandwidth() == null) {
      throw new IllegalArgumentException("spec.bandwidth: action bandwidth needs this block");
    }
    faults.add(MeshLines.bandwidth(spec.getBandwidth(), remarks));
  }

  /// Whatever blocks are given are applied together.
  private void addNetem() {
    if (spec.getLoss() != null) {
      addLoss(spec.getLoss().getLoss(), spec.getLoss().getCorrelation());
    }
    if (spec.getCorrupt() != null) {
      Percentage share = share("spec.corrupt.corrupt", spec.getCorrupt().getCorrupt());
      if (!share.isZero()) {
        Percentage like = correlation("corrupt", spec.getCorrupt().getCorrelation(), share);
        faults.add(new Corrupt(share, CorruptMode.DETECTABLE, null, like));
      }
    }
    if (spec.getDuplicate() != null) {
      Percentage share = share("spec.duplicate.duplicate", spec.getDuplicate().getDuplicate());
      if (!share.isZero()) {
        Percentage like = correlation("duplicate", spec.getDuplicate().getCorrelation(), share);
        faults.add(new Duplicate(share, null, like));
      }
    }
    DelaySpec delay = spec.getDelay();
    if (delay != null) {
      faults.addAll(MeshDelay.of(delay, remarks));
    }
    String rate = SpecFields.rate(spec);
    if (rate != null) {
      faults.add(MeshLines.rate(rate));
    }
  }

  private void addLoss(String text, @Nullable String correlated) {
    Percentage share = share("spec.loss.loss", text);
    if (share.isZero()) {
      return;
    }
    Percentage like = correlation("loss", correlated, share);
    if (like == null) {
      faults.add(new Loss(share));
      return;
    }
    BigDecimal moves = BigDecimal.ONE.subtract(like.value().movePointLeft(2));
    faults.add(
        new GilbertElliottLoss(
            rounded(share.value().multiply(moves)),
            rounded(Percentage.ALL.value().subtract(share.value()).multiply(moves)),
            Percentage.ALL,
            Percentage.NONE));
  }

  /// Reads a share in percent; one that is 0 is said to be without effect.
  private Percentage share(String field, String text) {
    Percentage share = percentage(field, text);
    if (share.isZero()) {
      remarks.add("%s %s: this changes nothing.".formatted(field, text));
    }
    return share;
  }

  /// Reads a percentage without its sign.
  static Percentage percentage(String field, String text) {
    BigDecimal number = GoText.number(field, text);
    if (number.signum() < 0 || number.compareTo(Percentage.ALL.value()) > 0) {
      throw new IllegalArgumentException(
          "%s: \"%s\" is no percentage; it is from 0 to 100".formatted(field, text));
    }
    return rounded(number);
  }

  private static Percentage rounded(BigDecimal number) {
    return new Percentage(number.setScale(FINEST_SCALE, RoundingMode.HALF_UP));
  }

  /// Null where each packet is decided on for itself.
  ///
  /// @param share of the packets; where all are hit, or hardly any, nothing is left to correlate
  private @Nullable Percentage correlation(String block, @Nullable String text, Percentage share) {
    String field = "spec.%s.correlation".formatted(block);
    Percentage like = correlation(field, text);
    if (like == null) {
      return null;
    }
    BigDecimal moves = BigDecimal.ONE.subtract(like.value().movePointLeft(2));
    if (rounded(share.value().multiply(moves)).isZero()
        || rounded(Percentage.ALL.value().subtract(share.value()).multiply(moves)).isZero()) {
      return null;
    }
    remarks.add(
        ("%s %s: packets are hit in bursts, and it stays %s of them; netem would hit fewer than it"
                + " was asked for.%s")
            .formatted(field, text, share, atMost(like)));
    return like;
  }

  /// Reads a percentage without its sign. Null where there is none, or one that changes nothing.
  static @Nullable Percentage correlation(String field, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    BigDecimal number = GoText.number(field, text);
    Percentage like =
        number.compareTo(STRONGEST.value()) > 0 ? STRONGEST : rounded(number.max(BigDecimal.ZERO));
    return like.isZero() ? null : like;
  }

  /// What is to be said of a correlation that was too strong.
  static String atMost(Percentage like) {
    return like.equals(STRONGEST) ? " The most that is possible is %s.".formatted(like) : "";
  }
}
