// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import dev.squall.unit.DurationText;
import java.time.Duration;
import java.util.Arrays;

/// How long packets were held, in nanoseconds: each power of two is split into 64 equal buckets, so
/// that a bucket is at most 1/64 of its lower bound wide.
///
/// The kernel side counts in the same buckets. A value below 64 is the number of its bucket. Of any
/// other value, let e be the place of the highest bit: its bucket is (e - 5) * 64 plus the six bits
/// that follow. A value from 2^45 ns on (ten hours) counts in the last one.
public final class DelayHistogram {

  public static final int BUCKETS = 2560;

  public static final DelayHistogram EMPTY = new DelayHistogram(new long[BUCKETS]);

  private static final int SUB_BITS = 6;
  private static final int SUB_BUCKETS = 1 << SUB_BITS;

  private final long[] counts;

  /// Takes the number of values in each bucket, [#BUCKETS] of them.
  public DelayHistogram(long[] counts) {
    if (counts.length != BUCKETS) {
      throw new IllegalArgumentException(
          counts.length + " buckets: a delay histogram has " + BUCKETS);
    }
    this.counts = counts.clone();
  }

  /// The bucket of a value of zero or more nanoseconds.
  public static int indexOf(long nanos) {
    if (nanos < SUB_BUCKETS) {
      return (int) nanos;
    }
    int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
    int sub = (int) (nanos >> (exponent - SUB_BITS)) & (SUB_BUCKETS - 1);
    return Math.min((exponent - SUB_BITS + 1) * SUB_BUCKETS + sub, BUCKETS - 1);
  }

  /// How many values there are.
  public long count() {
    return Arrays.stream(counts).sum();
  }

  /// The value below which the given share of the values lies, as if they were spread evenly inside
  /// their bucket; zero when there are none.
  ///
  /// @param share from 0 to 1: 0.5 is the median
  public Duration quantile(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(share + ": a quantile is from 0 to 1");
    }
    double rank = share * count();
    long below = 0;
    for (int i = 0; i < BUCKETS; i++) {
      if (counts[i] > 0 && below + counts[i] >= rank) {
        return Duration.ofNanos(interpolate(i, (rank - below) / counts[i]));
      }
      below += counts[i];
    }
    return Duration.ZERO;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DelayHistogram histogram && Arrays.equals(counts, histogram.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return "%d delays, median %s".formatted(count(), DurationText.format(quantile(0.5)));
  }

  private static long interpolate(int index, double part) {
    long width = 1L << Math.max(0, index / SUB_BUCKETS - 1);
    return lowest(index) + Math.min((long) (part * width), width - 1);
  }

  private static long lowest(int index) {
    if (index < SUB_BUCKETS) {
      return index;
    }
    return (long) (SUB_BUCKETS + index % SUB_BUCKETS) << (index / SUB_BUCKETS - 1);
  }
}
