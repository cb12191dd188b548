// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.linux.NetworkNamespace;
import dev.squall.fault.DnsFailure;
import dev.squall.fault.DnsFailure.Outcome;
import dev.squall.fault.Injection;
import dev.squall.target.Direction;
import dev.squall.target.NamePattern;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What the resolver of the C library says of names that do not resolve.
class DnsScenarioKernelIT {
  private static final Figures FIGURES = new Figures("DNS");

  private final TestNetwork network = new TestNetwork();

  @AfterEach
  void removeNetwork() {
    network.close();
  }

  @AfterAll
  static void writeFigures() {
    FIGURES.write();
  }

  static Stream<Arguments> outcomesFamiliesAndSides() {
    return Stream.of(Outcome.values())
        .flatMap(
            outcome ->
                Stream.of(Family.values())
                    .flatMap(
                        family ->
                            Stream.of(true, false)
                                .map(asks -> Arguments.of(outcome, family, asks))));
  }

  /// @param asks whether the target asks, or answers
  @ParameterizedTest
  @MethodSource("outcomesFamiliesAndSides")
  void namesThatAreMeantDoNotResolveAndOthersDo(Outcome outcome, Family family, boolean asks) {
    NetworkNamespace client = asks ? network.target() : network.peer();
    NetworkNamespace server = asks ? network.peer() : network.target();
    InetAddress address = asks ? network.peerAddress(family) : network.targetAddress(family);
    DnsFailure failure = new DnsFailure(outcome, List.of(NamePattern.parse("*.bad.example")));
    try (NameServer _ = new NameServer(server, address);
        Resolver resolver = new Resolver(client, address)) {
      assertThat(resolver.resolve("api.bad.example").code()).as("before").isZero();
      try (Injection injection =
          Scenario.of(network, Scenario.everything(Direction.EGRESS), 1, failure).arm()) {
        Resolver.Outcome met = resolver.resolve("API.bad.example");
        FIGURES.add(
            "%s, %s, the target %s".formatted(outcome, family, asks ? "asks" : "answers"),
            Figures.format("getaddrinfo: %d after %d ms", met.code(), met.taken().toMillis()),
            outcome == Outcome.NXDOMAIN ? "EAI_NONAME (-2)" : "EAI_AGAIN (-3)");
        assertThat(met.code())
            .isEqualTo(outcome == Outcome.NXDOMAIN ? Resolver.EAI_NONAME : Resolver.EAI_AGAIN);
        if (outcome == Outcome.TIMEOUT) {
          assertThat(met.taken()).isGreaterThanOrEqualTo(Duration.ofMillis(900));
        } else {
          assertThat(met.taken()).as("at once").isLessThan(Duration.ofMillis(900));
        }
        assertThat(resolver.resolve("api.good.example").code()).as("another name").isZero();
        assertThat(resolver.resolve("bad.example").code()).as("its parent").isZero();
        long hits = injection.report().stream().mapToLong(r -> r.counters().hit().packets()).sum();
        assertThat(hits).isPositive();
      }
      assertThat(resolver.resolve("api.bad.example").code()).as("afterwards").isZero();
    }
  }
}
