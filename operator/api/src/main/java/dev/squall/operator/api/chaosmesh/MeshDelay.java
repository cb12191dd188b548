// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.chaosmesh;

import dev.squall.fault.Delay;
import dev.squall.fault.Fault;
import dev.squall.fault.Jitter;
import dev.squall.fault.NamedDistribution;
import dev.squall.fault.Reorder;
import dev.squall.unit.DurationText;
import dev.squall.unit.Percentage;
import io.fabric8.chaosmesh.v1alpha1.DelaySpec;
import io.fabric8.chaosmesh.v1alpha1.ReorderSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `spec.delay` asks for. Its jitter is netem's without a table: any delay is equally likely.
final class MeshDelay {
  private static final String LATENCY = "spec.delay.latency";
  private static final String JITTER = "spec.delay.jitter";
  private static final String CORRELATION = "spec.delay.correlation";
  private static final String REORDER = "spec.delay.reorder";

  private MeshDelay() {}

  /// @param remarks gets what is to be said
  static List<Fault> of(DelaySpec delay, List<String> remarks) {
    Duration latency = time(LATENCY, delay.getLatency());
    if (latency.isZero()) {
      remarks.add(LATENCY + " 0: nothing is delayed or reordered, and jitter is ignored.");
      return List.of();
    }
    List<Fault> faults = new ArrayList<>();
    faults.add(delay(delay, latency, remarks));
    if (delay.getReorder() != null) {
      addReorder(faults, delay.getReorder(), latency, remarks);
    }
    return faults;
  }

  private static Delay delay(DelaySpec delay, Duration latency, List<String> remarks) {
    Duration jitter = time(JITTER, delay.getJitter());
    if (latency.plus(jitter).compareTo(Delay.LONGEST) > 0) {
      throw new IllegalArgumentException(
          "%s: latency and jitter together are at most %s here"
              .formatted(LATENCY, DurationText.format(Delay.LONGEST)));
    }
    if (jitter.isZero()) {
      return new Delay(latency, null, false);
    }
    Percentage like = correlation(delay, remarks);
    if (jitter.compareTo(latency) <= 0) {
      return new Delay(latency, new Jitter(jitter, NamedDistribution.UNIFORM, like), false);
    }
    Duration half = latency.plus(jitter).dividedBy(2);
    remarks.add(
        ("%s %s: more than the latency; delays are spread evenly from 0s to %s, where netem would"
                + " send many packets at once.")
            .formatted(
                JITTER, DurationText.format(jitter), DurationText.format(latency.plus(jitter))));
    return new Delay(half, new Jitter(half, NamedDistribution.UNIFORM, like), false);
  }

  private static @Nullable Percentage correlation(DelaySpec delay, List<String> remarks) {
    String text = delay.getCorrelation();
    Percentage like = MeshFaults.correlation(CORRELATION, text);
    if (like != null) {
      remarks.add(
          ("%s %s: packets that follow each other are delayed alike, and the delays stray as far as"
                  + " was asked for; netem's would stray less.%s")
              .formatted(CORRELATION, text, MeshFaults.atMost(like)));
    }
    return like;
  }

  private static void addReorder(
      List<Fault> faults, ReorderSpec reorder, Duration latency, List<String> remarks) {
    Percentage share = MeshFaults.percentage(REORDER + ".reorder", reorder.getReorder());
    if (share.isZero()) {
      remarks.add(REORDER + ".reorder %s: this changes nothing.".formatted(reorder.getReorder()));
      return;
    }
    int gap = Math.clamp(reorder.getGap() == null ? 1 : reorder.getGap(), 1, Reorder.LARGEST_GAP);
    faults.add(new Reorder(share, gap));
    remarks.add(
        ("%s: netem sends %s of the packets at once and delays the others by %s; here all are"
                + " delayed, and %s of them by %s more, so that those behind arrive first.")
            .formatted(
                REORDER,
                share,
                DurationText.format(latency),
                share,
                DurationText.format(Reorder.HOLD)));
    String correlation = REORDER + ".correlation";
    if (MeshFaults.correlation(correlation, reorder.getCorrelation()) != null) {
      remarks.add(
          "%s %s: not possible here; each packet is decided on independently."
              .formatted(correlation, reorder.getCorrelation()));
    }
  }

  private static Duration time(String field, @Nullable String text) {
    Duration time = text == null || text.isEmpty() ? Duration.ZERO : GoText.duration(field, text);
    if (time.isNegative()) {
      throw new IllegalArgumentException("%s: \"%s\" is negative".formatted(field, text));
    }
    return time;
  }
}
