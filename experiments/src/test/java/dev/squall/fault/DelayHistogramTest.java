// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DelayHistogramTest {

  static final long FIRST_BEYOND = 1L << 45;

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "63, 63",
    "64, 64",
    "127, 127",
    "128, 128",
    "129, 128",
    "130, 129",
    "255, 191",
    "256, 192",
    "50000000, 1311",
    "35184372088831, 2559",
    "35184372088832, 2559",
    "9223372036854775807, 2559"
  })
  void valuesHaveTheirBuckets(long nanos, int index) {
    assertThat(DelayHistogram.indexOf(nanos)).isEqualTo(index);
  }

  @Property
  void bucketsFollowTheOrderOfValues(
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE - 1) long nanos) {
    int index = DelayHistogram.indexOf(nanos);

    assertThat(DelayHistogram.indexOf(nanos + 1)).isBetween(index, index + 1);
  }

  /// The exact value at a rank and the one read off the histogram lie in the same bucket, which is
  /// at most 1/64 of its lower bound wide.
  @Property
  void quantilesLieInTheBucketOfTheExactOnes(
      @ForAll @NotEmpty List<@LongRange(min = 0, max = FIRST_BEYOND - 1) Long> values,
      @ForAll @DoubleRange(min = 0, max = 1) double share) {
    long[] sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
    int rank = (int) Math.max(1, Math.ceil(share * sorted.length));

    long quantile = histogram(sorted).quantile(share).toNanos();

    assertThat(DelayHistogram.indexOf(quantile))
        .isEqualTo(DelayHistogram.indexOf(sorted[rank - 1]));
  }

  @Test
  void quantilesAreInterpolatedInsideABucket() {
    long[] even = new long[1 << 16];
    Arrays.setAll(even, i -> (1L << 20) + i);
    DelayHistogram histogram = histogram(even);

    for (double share : new double[] {0.1, 0.25, 0.5, 0.75, 0.99}) {
      long exact = even[(int) (share * even.length)];
      assertThat(histogram.quantile(share).toNanos()).isBetween(exact - 1, exact + 1);
    }
  }

  @Test
  void theCountIsOfAllValues() {
    assertThat(histogram(1, 1, 100, FIRST_BEYOND).count()).isEqualTo(4);
    assertThat(DelayHistogram.EMPTY.count()).isZero();
  }

  @Test
  void anEmptyHistogramHasNoDelay() {
    assertThat(DelayHistogram.EMPTY.quantile(0.5)).isEqualTo(Duration.ZERO);
  }

  @Test
  void aHistogramIsAValue() {
    long[] counts = new long[DelayHistogram.BUCKETS];
    DelayHistogram histogram = new DelayHistogram(counts);
    counts[7] = 1;

    assertThat(histogram).isEqualTo(DelayHistogram.EMPTY).hasSameHashCodeAs(DelayHistogram.EMPTY);
    assertThat(new DelayHistogram(counts))
        .isNotEqualTo(histogram)
        .hasToString("1 delays, median 7ns");
  }

  @Test
  void aHistogramHasAllItsBuckets() {
    assertThatThrownBy(() -> new DelayHistogram(new long[640]))
        .hasMessage("640 buckets: a delay histogram has 2560");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void aQuantileIsAShare(double share) {
    assertThatThrownBy(() -> DelayHistogram.EMPTY.quantile(share))
        .hasMessage(share + ": a quantile is from 0 to 1");
  }

  private static DelayHistogram histogram(long... values) {
    long[] counts = new long[DelayHistogram.BUCKETS];
    for (long value : values) {
      counts[DelayHistogram.indexOf(value)]++;
    }
    return new DelayHistogram(counts);
  }
}
