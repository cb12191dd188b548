// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.libbpf.Hook;
import dev.squall.bpf.scenario.InjectorProcess.Rule;
import dev.squall.target.Direction;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Two processes on one interface, one with a delay, one with a loss in dry-run, among programs of
/// others.
class TogetherKernelIT {
  private static final int PACKETS = 100_000;
  private static final int PER_SECOND = 25_000;
  private static final int BURST = 10;
  private static final Duration QUIET = Duration.ofMillis(500);
  private static final String DELAY = "delay:2ms";
  private static final String LOSS = "loss:50%";
  private static final Figures FIGURES = new Figures("Together");

  private final TestNetwork network = new TestNetwork();

  @AfterEach
  void removeNetwork() {
    network.close();
  }

  @AfterAll
  static void writeFigures() {
    FIGURES.write();
  }

  @ParameterizedTest
  @CsvSource({"EGRESS, true", "EGRESS, false", "INGRESS, true", "INGRESS, false"})
  void everyProgramSeesEveryPacketOnce(Direction direction, boolean delayFirst) {
    Hook hook = Hook.valueOf(direction.name());
    try (ForeignCounter early = new ForeignCounter(network, hook, false);
        InjectorProcess one = injector(direction, delayFirst);
        InjectorProcess two = injector(direction, !delayFirst);
        ForeignCounter late = new ForeignCounter(network, hook, false);
        UdpStream stream = stream(direction)) {
      stream.sender().paceBursts(PACKETS, PER_SECOND, BURST);
      stream.receiver().await(PACKETS, QUIET);
      Rule first = one.report().getFirst();
      Rule second = two.report().getFirst();
      FIGURES.add(
          Figures.format("%s, %s started first", direction, delayFirst ? DELAY : "dry " + LOSS),
          Figures.format(
              "matched %,d and %,d; foreign counters %,d and %,d; arrived %,d",
              first.matched(),
              second.matched(),
              early.count(),
              late.count(),
              stream.receiver().received()),
          "100,000 each");

      assertComplete(stream);
      assertThat(first.matched()).isEqualTo(PACKETS);
      assertThat(second.matched()).isEqualTo(PACKETS);
      assertThat(early.count()).isEqualTo(PACKETS);
      assertThat(late.count()).isEqualTo(PACKETS);
    }
  }

  /// @param delays whether it delays, else it would lose
  private InjectorProcess injector(Direction direction, boolean delays) {
    String port = Integer.toString(ForeignCounter.PORT);
    String[] arguments = {
      delays ? "delays" : "loses",
      network.targetName(),
      direction.name(),
      port,
      delays ? "real" : "dry",
      delays ? DELAY : LOSS
    };
    return new InjectorProcess(arguments).awaitArmed();
  }

  private UdpStream stream(Direction direction) {
    return direction == Direction.EGRESS
        ? UdpStream.toPeer(network, Family.IPV4, ForeignCounter.PORT, PACKETS)
        : UdpStream.toTarget(network, Family.IPV4, ForeignCounter.PORT, PACKETS);
  }

  private static void assertComplete(UdpStream stream) {
    assertThat(stream.receiver().received()).as("datagrams that arrived").isEqualTo(PACKETS);
    assertThat(stream.receiver().twice()).as("datagrams that came twice").isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "EGRESS, true, true",
    "EGRESS, false, false",
    "INGRESS, true, false",
    "INGRESS, false, true"
  })
  void oneThatStopsCostsTheOtherNoPacket(
      Direction direction, boolean delayFirst, boolean delayStops) {
    Hook hook = Hook.valueOf(direction.name());
    try (InjectorProcess first = injector(direction, delayFirst);
        InjectorProcess second = injector(direction, !delayFirst);
        ForeignCounter counter = new ForeignCounter(network, hook, false);
        UdpStream stream = stream(direction)) {
      InjectorProcess stopping = delayFirst == delayStops ? first : second;
      InjectorProcess staying = stopping == first ? second : first;
      Together.run(
          () -> stream.sender().paceBursts(PACKETS, PER_SECOND, BURST),
          () -> {
            Pause.of(Duration.ofSeconds(1));
            stopping.end();
          });
      stream.receiver().await(PACKETS, QUIET);
      Rule rule = staying.report().getFirst();
      FIGURES.add(
          Figures.format(
              "%s, %s started first, %s stops",
              direction, delayFirst ? DELAY : "dry " + LOSS, delayStops ? DELAY : "dry " + LOSS),
          Figures.format(
              "the other matched %,d; foreign counter %,d; arrived %,d",
              rule.matched(), counter.count(), stream.receiver().received()),
          "100,000 each");

      assertComplete(stream);
      assertThat(rule.matched()).isEqualTo(PACKETS);
      assertThat(counter.count()).isEqualTo(PACKETS);
    }
  }

  @ParameterizedTest
  @EnumSource(Hook.class)
  void aProgramThatInsistsOnBeingFirstSeesDelayedPacketsTwice(Hook hook) {
    Direction direction = Direction.valueOf(hook.name());
    try (InjectorProcess injector = injector(direction, true);
        ForeignCounter insisting = new ForeignCounter(network, hook, true);
        UdpStream stream = stream(direction)) {
      stream.sender().pace(1000, 1000);
      stream.receiver().await(1000, QUIET);
      Rule rule = injector.report().getFirst();

      assertThat(rule.matched()).isEqualTo(1000);
      assertThat(insisting.count()).isEqualTo(1000 + rule.hit());
    }
  }
}
