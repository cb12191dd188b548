// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.squall.experiment.ArbitraryExperiments;
import dev.squall.target.Direction;
import dev.squall.unit.Percentage;
import java.time.Duration;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FaultTest {

  private static final Percentage HALF = Percentage.parse("50%");

  @Test
  void lossIsUsualOnTheWayOut() {
    Fault loss = new Loss(Percentage.parse("5%"));

    assertThat(loss.defaultDirection()).isEqualTo(Direction.EGRESS);
    assertThat(loss.describe()).isEqualTo("loss 5%");
  }

  @Test
  void delayIsUsualOnTheWayOut() {
    Fault delay = delay(50, null);

    assertThat(delay.defaultDirection()).isEqualTo(Direction.EGRESS);
    assertThat(delay.describe()).isEqualTo("delay 50ms");
  }

  @Test
  void aDelayIsDescribedWithItsJitterAndOrder() {
    Jitter jitter = new Jitter(Duration.ofMillis(10), NamedDistribution.NORMAL);

    assertThat(new Delay(Duration.ofMillis(50), jitter, true).describe())
        .isEqualTo("delay 50ms jitter 10ms normal in order");
  }

  @Test
  void resetIsUsualOnBothWays() {
    assertThat(new Reset(HALF, ResetEnd.BOTH).defaultDirection()).isEqualTo(Direction.BOTH);
    assertThat(new Reset(HALF, ResetEnd.BOTH).describe()).isEqualTo("reset 50% at both ends");
    assertThat(new Reset(HALF, ResetEnd.SENDER).describe()).isEqualTo("reset 50% at sender");
    assertThat(new Reset(HALF, ResetEnd.RECEIVER).describe()).isEqualTo("reset 50% at receiver");
  }

  @Test
  void partitionIsUsualOnBothWays() {
    Fault partition = new Partition(PartitionMode.REJECT);

    assertThat(partition.defaultDirection()).isEqualTo(Direction.BOTH);
    assertThat(partition.describe()).isEqualTo("partition reject");
  }

  @Test
  void aCorrelationIsSaidAndIsNeitherNothingNorAll() {
    assertThat(new Duplicate(HALF, null, HALF).describe())
        .isEqualTo("duplicate 50% correlation 50%");
    assertThat(new Corrupt(HALF, CorruptMode.SILENT, null, HALF).describe())
        .isEqualTo("corrupt 50% silent correlation 50%");
    assertThatThrownBy(() -> new Duplicate(HALF, null, Percentage.ALL))
        .hasMessage("100%: a correlation is above 0% and below 100%, or there is none");
    assertThatThrownBy(
            () -> new Duplicate(HALF, new Ramp(Percentage.NONE, HALF, Ramp.SHORTEST), HALF))
        .hasMessage("correlation 50%: a share with a ramp has none: leave out one of both");
  }

  @Property
  void everyDescriptionBeginsWithTheName(@ForAll("faults") Fault fault) {
    assertThat(fault.describe()).startsWith(fault.name() + " ");
    assertThat(fault.name()).matches("[a-z]+(-[a-z]+)*");
  }

  @Test
  void aDelayIsLongerThanNothingAndAtMostAMinute() {
    assertThat(delay(60_000, null).latency()).isEqualTo(Delay.LONGEST);
    assertThatThrownBy(() -> delay(0, null))
        .hasMessage("0s: a delay is longer than 0s and at most 60s");
    assertThatThrownBy(() -> delay(60_001, null))
        .hasMessage("60.001s: a delay is longer than 0s and at most 60s");
    assertThatThrownBy(() -> delay(-1, null))
        .hasMessage("PT-0.001S: a delay is longer than 0s and at most 60s");
  }

  @Test
  void uniformJitterIsAtMostTheLatency() {
    assertThat(delay(50, uniform(50)).jitter()).isEqualTo(uniform(50));
    assertThatThrownBy(() -> delay(50, uniform(51)))
        .hasMessage("jitter 51ms: uniform jitter is at most the latency, 50ms");
  }

  @Test
  void normalJitterMayBeLarger() {
    Jitter jitter = new Jitter(Duration.ofMillis(51), NamedDistribution.NORMAL);

    assertThat(delay(50, jitter).jitter()).isEqualTo(jitter);
  }

  @Test
  void noPacketWaitsLongerThanAMinute() {
    assertThat(delay(30_000, uniform(30_000)).jitter()).isEqualTo(uniform(30_000));
    assertThatThrownBy(() -> delay(50_000, uniform(10_001)))
        .hasMessage("jitter 10.001s: latency and jitter together are at most 60s");
  }

  @Test
  void jitterIsLongerThanNothing() {
    assertThatThrownBy(() -> uniform(0))
        .hasMessage("0s: jitter is longer than 0s, or there is none");
    assertThatThrownBy(() -> uniform(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Provide
  Arbitrary<Fault> faults() {
    return ArbitraryExperiments.faults();
  }

  private static Delay delay(long millis, @Nullable Jitter jitter) {
    return new Delay(Duration.ofMillis(millis), jitter, false);
  }

  private static Jitter uniform(long millis) {
    return new Jitter(Duration.ofMillis(millis), NamedDistribution.UNIFORM);
  }
}
