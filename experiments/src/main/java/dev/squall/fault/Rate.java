// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import dev.squall.target.Direction;
import dev.squall.unit.BitRate;
import dev.squall.unit.ByteSize;
import dev.squall.unit.DurationText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Packets pass one after the other, as on a line of so many bits per second. What counts is the
/// Ethernet frame without preamble and checksum, as in the statistics of an interface.
///
/// @param rate from [#SLOWEST] to [#FASTEST]
/// @param burst may pass at once after a pause, at most what takes [#LONGEST_BURST]; null means
///   that even the first bit takes its time
/// @param backlog a packet that would wait longer is dropped, or marked where its sender asks for
///   that (ECN, RFC 3168); above 0, at most [#LONGEST_BACKLOG]
public record Rate(BitRate rate, @Nullable ByteSize burst, Duration backlog) implements Fault {
  public static final BitRate SLOWEST = new BitRate(8_000);
  public static final BitRate FASTEST = new BitRate(100_000_000_000L);
  public static final Duration LONGEST_BURST = Duration.ofMinutes(1);
  public static final Duration DEFAULT_BACKLOG = Duration.ofMillis(200);
  public static final Duration LONGEST_BACKLOG = Duration.ofSeconds(10);

  private static final int LARGEST_PACKET = 65_536;
  private static final int PARTS_OF_BACKLOG = 10;

  public Rate {
    if (rate.bitsPerSecond() < SLOWEST.bitsPerSecond()
        || rate.bitsPerSecond() > FASTEST.bitsPerSecond()) {
      throw new IllegalArgumentException(
          "%s: a rate is from %s to %s".formatted(rate, SLOWEST, FASTEST));
    }
    if (burst != null && time(rate, burst.bytes()).compareTo(LONGEST_BURST) > 0) {
      throw new IllegalArgumentException(
          "burst %s: at most what %s lets through in %s"
              .formatted(burst, rate, DurationText.format(LONGEST_BURST)));
    }
    if (!backlog.isPositive() || backlog.compareTo(LONGEST_BACKLOG) > 0) {
      throw new IllegalArgumentException(
          "%s: a backlog is longer than 0s and at most %s"
              .formatted(
                  backlog.isNegative() ? backlog : DurationText.format(backlog),
                  DurationText.format(LONGEST_BACKLOG)));
    }
  }

  /// How long the line may run ahead after a pause.
  public Duration burstTime() {
    return burst == null ? Duration.ZERO : time(rate, burst.bytes());
  }

  private static Duration time(BitRate rate, long bytes) {
    return Duration.ofNanos(Math.round(bytes * 8e9 / rate.bitsPerSecond()));
  }

  /// Whether packets of segmentation offload have to be split: one of 64 KiB would take more than a
  /// tenth of the backlog.
  public boolean needsSegments() {
    return time(rate, LARGEST_PACKET).multipliedBy(PARTS_OF_BACKLOG).compareTo(backlog) > 0;
  }

  @Override
  public Direction defaultDirection() {
    return Direction.EGRESS;
  }

  @Override
  public String name() {
    return "rate";
  }

  @Override
  public String describe() {
    return name()
        + " "
        + rate
        + (burst == null ? "" : " burst " + burst)
        + (backlog.equals(DEFAULT_BACKLOG) ? "" : " backlog " + DurationText.format(backlog));
  }
}
