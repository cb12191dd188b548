// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.program;

import dev.squall.fault.Delay;
import dev.squall.fault.Fault;
import dev.squall.fault.Jitter;
import dev.squall.fault.Reorder;
import dev.squall.unit.Percentage;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// How long packets wait, as quantiles.
///
/// @param jitter null when every packet waits equally long
record DelayLaw(Duration latency, @Nullable Jitter jitter) {
  /// Null for a fault that makes no packet wait.
  static @Nullable DelayLaw of(Fault fault) {
    return switch (fault) {
      case Delay delay -> new DelayLaw(delay.latency(), delay.jitter());
      case Reorder _ -> new DelayLaw(Reorder.HOLD, null);
      default -> null;
    };
  }

  boolean varies() {
    return jitter != null;
  }

  /// Of the normal scores of two delays that follow each other.
  double correlation() {
    Percentage correlation = jitter == null ? null : jitter.correlation();
    return correlation == null ? 0 : correlation.fraction();
  }

  /// The delays of equally likely steps, ascending, from 0 to [Delay#LONGEST].
  long[] steps(int count) {
    if (jitter == null) {
      return LongStream.generate(latency::toNanos).limit(count).toArray();
    }
    return delays(jitter, Spread.of(jitter.distribution()).steps(count));
  }

  /// The borders of equally likely steps inside of which any delay is equally likely, ascending:
  /// one more than steps.
  long[] borders() {
    if (jitter == null) {
      throw new IllegalStateException("only delays that vary are drawn");
    }
    return delays(jitter, Spread.of(jitter.distribution()).borders());
  }

  private long[] delays(Jitter jitter, double[] deviations) {
    double amount = jitter.amount().toNanos();
    return Arrays.stream(deviations)
        .mapToLong(deviation -> Math.round(latency.toNanos() + deviation * amount))
        .map(nanos -> Math.clamp(nanos, 0, Delay.LONGEST.toNanos()))
        .toArray();
  }
}
