// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import dev.squall.target.Direction;
import dev.squall.unit.DurationText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Packets arrive later.
///
/// @param latency the delay of a packet without jitter: above 0, at most [#LONGEST]
/// @param jitter null means that each packet waits exactly as long
/// @param keepOrder whether packets of one flow stay in order; else jitter may reorder them
public record Delay(Duration latency, @Nullable Jitter jitter, boolean keepOrder) implements Fault {

  /// No packet waits longer than this: the horizon of the queue that delayed packets wait in.
  public static final Duration LONGEST = Duration.ofSeconds(60);

  public Delay {
    if (!latency.isPositive() || latency.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "%s: a delay is longer than 0s and at most %s"
              .formatted(text(latency), DurationText.format(LONGEST)));
    }
    if (jitter != null) {
      requireFits(jitter, latency);
    }
  }

  @Override
  public Direction defaultDirection() {
    return Direction.EGRESS;
  }

  @Override
  public String name() {
    return "delay";
  }

  @Override
  public String describe() {
    StringBuilder text = new StringBuilder(name() + " " + DurationText.format(latency));
    if (jitter != null) {
      text.append(" jitter ").append(DurationText.format(jitter.amount()));
      text.append(' ').append(jitter.distribution());
      text.append(Correlation.text(jitter.correlation()));
    }
    return text + (keepOrder ? " in order" : "");
  }

  private static void requireFits(Jitter jitter, Duration latency) {
    boolean uniform = jitter.distribution() == NamedDistribution.UNIFORM;
    if (uniform && jitter.amount().compareTo(latency) > 0) {
      throw new IllegalArgumentException(
          "jitter %s: uniform jitter is at most the latency, %s"
              .formatted(text(jitter.amount()), text(latency)));
    }
    if (latency.plus(jitter.amount()).compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "jitter %s: latency and jitter together are at most %s"
              .formatted(text(jitter.amount()), DurationText.format(LONGEST)));
    }
  }

  private static String text(Duration duration) {
    return duration.isNegative() ? duration.toString() : DurationText.format(duration);
  }
}
