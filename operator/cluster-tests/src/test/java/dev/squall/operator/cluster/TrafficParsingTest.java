// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What busybox prints is understood.
class TrafficParsingTest {
  @Test
  void answersOfPingAreCountedAndTimed() {
    Ping ping =
        Ping.parse(
            """
            PING 10.0.0.1 (10.0.0.1): 56 data bytes
            64 bytes from 10.0.0.1: seq=0 ttl=64 time=50.250 ms
            64 bytes from 10.0.0.1: seq=0 ttl=64 time=50.900 ms (DUP!)
            64 bytes from 10.0.0.1: seq=2 ttl=64 time=0.075 ms
            64 bytes from 10.0.0.1: seq=3 ttl=64 time=7.000 ms

            --- 10.0.0.1 ping statistics ---
            4 packets transmitted, 3 packets received, 1 duplicates, 25% packet loss
            round-trip min/avg/max = 0.075/19.108/50.250 ms
            """);
    assertThat(ping)
        .extracting(Ping::sent, Ping::received, Ping::duplicates)
        .containsExactly(4, 3, 1);
    assertThat(ping.loss()).isEqualTo(0.25, within(1e-9));
    assertThat(ping.fastest()).isEqualTo(Duration.ofNanos(75_000));
    assertThat(ping.median()).isEqualTo(Duration.ofMillis(7));
  }

  @Test
  void theMissingAnswersOfAStreamHaveTimesAlsoWhenItsNumbersBeginAnew() {
    List<PingStream.Answer> answers =
        PingStream.parse(
            """
            100.000000 start
            100.100000 PING 10.0.0.1 (10.0.0.1): 56 data bytes
            100.200000 64 bytes from 10.0.0.1: seq=65530 ttl=64 time=0.250 ms
            100.205000 64 bytes from 10.0.0.1: seq=65531 ttl=64 time=0.250 ms
            101.000250 64 bytes from 10.0.0.1: seq=153 ttl=64 time=0.250 ms
            """);
    assertThat(answers).extracting(PingStream.Answer::sequence).endsWith(65531L, 65689L);
    PingStream.Gap gap =
        new PingStream.Gap(PingStream.time("100.210000"), PingStream.time("100.995250"));
    assertThat(PingStream.gap(answers, PingStream.time("100.9"))).isEqualTo(gap);
    assertThat(PingStream.gap(answers, PingStream.time("102")).last()).isEqualTo(Instant.MAX);
  }

  @Test
  void aPingWithoutAnAnswerIsLossAndOneWithoutAnAddressAMistake() {
    assertThat(Ping.parse("3 packets transmitted, 0 packets received, 100% packet loss").loss())
        .isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ping.parse("ping: bad address 'nobody'"))
        .withMessageContaining("bad address");
  }

  @ParameterizedTest
  @CsvSource({
    "'0', CONNECTED",
    "'nc: can''t connect to remote host (10.0.0.1): Connection refused\n1', REFUSED",
    "'nc: timed out\n1', TIMED_OUT",
    "'nc: can''t connect to remote host (10.0.0.1): Connection timed out\n1', TIMED_OUT",
    "'nc: can''t connect to remote host (10.0.0.1): No route to host\n1', UNREACHABLE",
    "'nc: can''t connect to remote host (10.0.0.1): Network is unreachable\n1', UNREACHABLE",
  })
  void theEndOfAnAttemptToConnectIsKnown(String printed, Connection.Outcome outcome) {
    Connection connection = Connection.parse(printed + " 1795918217.999000 1795918219.001500\n");
    assertThat(connection).isEqualTo(new Connection(outcome, Duration.ofNanos(1_002_500_000)));
  }

  @Test
  void anUnknownEndIsAMistake() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Connection.parse("nc: out of memory\n1 1.000000 2.000000"));
    assertThatIllegalArgumentException().isThrownBy(() -> Connection.parse("sh: nc: not found"));
  }
}
