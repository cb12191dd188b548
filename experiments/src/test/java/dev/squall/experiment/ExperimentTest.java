// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.squall.fault.Fault;
import dev.squall.fault.Loss;
import dev.squall.fault.Reset;
import dev.squall.fault.ResetEnd;
import dev.squall.target.Direction;
import dev.squall.target.FlowFilter;
import dev.squall.target.IpPrefix;
import dev.squall.target.Peer;
import dev.squall.target.Peers;
import dev.squall.target.Ports;
import dev.squall.target.Protocol;
import dev.squall.target.Selection;
import dev.squall.target.Target;
import dev.squall.target.TrafficFilter;
import dev.squall.unit.Percentage;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentTest {

  private static final Target WEB = new Target.NamedNetns("web", null);
  private static final Fault LOSS = new Loss(Percentage.parse("5%"));
  private static final Fault RESET = new Reset(Percentage.parse("5%"), ResetEnd.BOTH);

  @Test
  void itNeedsATargetAndAFault() {
    assertThatThrownBy(() -> experiment(List.of(), List.of(LOSS), TrafficFilter.ANY))
        .hasMessage("an experiment has at least one target");
    assertThatThrownBy(() -> experiment(List.of(WEB), List.of(), TrafficFilter.ANY))
        .hasMessage("an experiment has at least one fault");
  }

  @Test
  void itKeepsWhatItWasGiven() {
    List<Target> targets = new ArrayList<>(List.of(WEB));
    Experiment experiment = experiment(targets, List.of(LOSS), TrafficFilter.ANY);

    targets.clear();

    assertThat(experiment.targets()).containsExactly(WEB);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0.1S", "PT24H"})
  void itLastsFromATenthOfASecondToADay(String duration) {
    assertThat(Experiment.requireDuration(Duration.parse(duration)))
        .isEqualTo(Duration.parse(duration));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0.099999999S", "PT24H0.000000001S", "PT0S", "-PT1S"})
  void itLastsNoShorterAndNoLonger(String duration) {
    assertThatThrownBy(
            () ->
                new Experiment(
                    null,
                    List.of(WEB),
                    List.of(LOSS),
                    TrafficFilter.ANY,
                    Duration.parse(duration),
                    null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(": an experiment lasts from 100ms to 24h");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-a", "a\n", "é", "a/b"})
  void aNameIsPlain(String name) {
    assertThatThrownBy(() -> Experiment.requireName(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name + ": a name has 1 to 63 letters");
  }

  @ParameterizedTest
  @EnumSource(names = {"UDP", "ICMP"})
  void resetContradictsOtherProtocols(Protocol protocol) {
    assertThatThrownBy(() -> experiment(List.of(WEB), List.of(LOSS, RESET), only(protocol)))
        .hasMessage(
            "reset works on TCP only: leave out protocol %s or choose tcp".formatted(protocol));
  }

  @Test
  void resetFitsTcpAndNoProtocol() {
    assertThat(experiment(List.of(WEB), List.of(RESET), only(Protocol.TCP)).faults())
        .containsExactly(RESET);
    assertThat(experiment(List.of(WEB), List.of(RESET), TrafficFilter.ANY).faults())
        .containsExactly(RESET);
  }

  @Test
  void eachFaultHasItsUsualDirection() {
    Experiment experiment = experiment(List.of(WEB), List.of(LOSS, RESET), TrafficFilter.ANY);

    assertThat(experiment.directionOf(LOSS)).isEqualTo(Direction.EGRESS);
    assertThat(experiment.directionOf(RESET)).isEqualTo(Direction.BOTH);
  }

  @Test
  void aChosenDirectionHoldsForEveryFault() {
    TrafficFilter ingress =
        new TrafficFilter(
            Direction.INGRESS, null, Ports.ANY, Peers.ANY, FlowFilter.ANY, Selection.PACKET);

    assertThat(experiment(List.of(WEB), List.of(RESET), ingress).directionOf(RESET))
        .isEqualTo(Direction.INGRESS);
  }

  @Test
  void hostNamesAreReplacedByAddresses() {
    Peers peers = new Peers(List.of(new Peer.HostName("api.example")), List.of());
    TrafficFilter filter =
        new TrafficFilter(null, null, Ports.ANY, peers, FlowFilter.ANY, Selection.PACKET);

    Experiment resolved =
        experiment(List.of(WEB), List.of(LOSS), filter)
            .resolved(_ -> List.of(InetAddress.ofLiteral("10.0.0.1")));

    assertThat(resolved.traffic().peers().included())
        .containsExactly(new Peer.Network(IpPrefix.parse("10.0.0.1")));
  }

  @Test
  void reasonsArePrintedAsInReports() {
    assertThat(EndReason.values())
        .extracting(EndReason::toString)
        .containsExactly("duration", "signal", "stopped", "budget", "lease-lost");
  }

  private static TrafficFilter only(Protocol protocol) {
    return new TrafficFilter(
        null, protocol, Ports.ANY, Peers.ANY, FlowFilter.ANY, Selection.PACKET);
  }

  private static Experiment experiment(
      List<Target> targets, List<Fault> faults, TrafficFilter traffic) {
    return new Experiment(null, targets, faults, traffic, Experiment.DEFAULT_DURATION, null);
  }
}
