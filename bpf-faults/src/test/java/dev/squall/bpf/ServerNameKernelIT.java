// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Faults.loss;
import static dev.squall.bpf.Faults.reset;
import static dev.squall.bpf.Frames.in4;
import static dev.squall.bpf.Frames.out4;
import static dev.squall.bpf.Frames.out6;
import static dev.squall.bpf.packet.Packet.data;
import static dev.squall.bpf.packet.Packet.packet;
import static dev.squall.bpf.packet.Packet.payload;
import static dev.squall.bpf.packet.Packet.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.Passage.Fate;
import dev.squall.bpf.packet.ClientHello;
import dev.squall.bpf.packet.Layer;
import dev.squall.fault.ResetEnd;
import dev.squall.target.Direction;
import dev.squall.target.TcpFlag;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Faults for flows of TLS whose client names a server, with hellos of the JDK's own client.
@NeedsBpf
class ServerNameKernelIT {
  private static final long START = 5_000;

  private static int tests;

  /// The object that all tests share remembers flows.
  private int port = 4_000 + 10 * ++tests;

  private static ArmedTrial trial(String... names) {
    return Trial.of(loss("100%")).serverNames(names).arm();
  }

  private byte[] out(long sequence, byte[] bytes) {
    return packet(out4(), tcp(port, 443).flags(TcpFlag.ACK).sequence(sequence), data(bytes));
  }

  private byte[] back() {
    return packet(in4(), tcp(443, port).flags(TcpFlag.ACK), payload(100));
  }

  private byte[] syn() {
    return packet(out4(), tcp(port, 443).flags(TcpFlag.SYN));
  }

  private static Fate fate(ArmedTrial trial, byte[] packet) {
    return trial.egress(packet).fate();
  }

  private static long nameless(ArmedTrial trial) {
    return trial.program().run().nameless();
  }

  @ParameterizedTest
  @CsvSource({
    "api.example.com, api.example.com, VANISHED",
    "API.example.com, api.example.com, VANISHED",
    "api.example.com, *.example.com, VANISHED",
    "api.example.com, api.*, VANISHED",
    "api.example.com, *, VANISHED",
    "api.example.org, *.example.com, PASSED",
    "example.com, *.example.com, PASSED"
  })
  void flowIsHitFromItsHelloOn(String server, String pattern, Fate fate) {
    ArmedTrial trial = trial(pattern);
    assertThat(fate(trial, syn())).isEqualTo(Fate.PASSED);
    assertThat(fate(trial, out(START, ClientHello.to(server)))).isEqualTo(fate);
    assertThat(fate(trial, out(START + 999, new byte[10]))).isEqualTo(fate);
    assertThat(trial.ingress(back()).fate()).as("and the other direction").isEqualTo(fate);
    assertThat(nameless(trial)).isZero();
  }

  static List<Layer> families() {
    return List.of(out4(), out6());
  }

  @ParameterizedTest
  @MethodSource("families")
  void otherFlowsPass(Layer ip) {
    ArmedTrial trial = trial("api.example.com");
    byte[] hello = ClientHello.to("api.example.com");
    byte[] named = packet(ip, tcp(port, 443).flags(TcpFlag.ACK), data(hello));
    byte[] other =
        packet(ip, tcp(port + 1, 443).flags(TcpFlag.ACK), data(ClientHello.to("www.example.com")));
    assertThat(fate(trial, named)).isEqualTo(Fate.VANISHED);
    assertThat(fate(trial, other)).isEqualTo(Fate.PASSED);
    assertThat(trial.matched()).isEqualTo(1);
  }

  @Test
  void helloOfTheOtherDirectionIsHeardWhereNothingIsHit() {
    ArmedTrial trial =
        Trial.of(loss("100%")).serverNames("api.example.com").direction(Direction.EGRESS).arm();
    byte[] hello =
        packet(in4(), tcp(port, 443).flags(TcpFlag.ACK), data(ClientHello.to("api.example.com")));
    byte[] answer = packet(out4(), tcp(443, port).flags(TcpFlag.ACK), payload(100));
    assertThat(fate(trial, answer)).as("before it").isEqualTo(Fate.PASSED);
    trial.egress(packet(out4(), tcp(443, port).flags(TcpFlag.SYN)));
    assertThat(trial.ingress(packet(in4(), tcp(port, 443).flags(TcpFlag.SYN))).fate())
        .isEqualTo(Fate.PASSED);
    assertThat(trial.ingress(hello).fate()).isEqualTo(Fate.PASSED);
    assertThat(fate(trial, answer)).isEqualTo(Fate.VANISHED);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 200, 300, 1000})
  void helloInTwoPacketsIsHeard(int cut) {
    ArmedTrial trial = trial("api.example.com");
    byte[] hello = ClientHello.to("api.example.com", "x".repeat(200), "y".repeat(200));
    int end = Math.min(cut, hello.length - 1);
    fate(trial, out(START, Arrays.copyOf(hello, end)));
    fate(trial, out(START + end, Arrays.copyOfRange(hello, end, hello.length)));
    Fate after = fate(trial, out(START + hello.length, new byte[10]));
    assertThat(after == Fate.VANISHED || nameless(trial) == 1)
        .as("known, or counted as unknown")
        .isTrue();
    if (cut >= 300) {
      assertThat(after).as("cut far behind the name").isEqualTo(Fate.VANISHED);
    }
  }

  /// At both edges: the last byte of the name is the last of the packet, or the first of the next.
  @ParameterizedTest
  @CsvSource({"0, VANISHED, 0", "-1, PASSED, 1"})
  void nameIsReadWhenAllOfItIsThere(int more, Fate fate, int unread) {
    String server = "api.example.com";
    ArmedTrial trial = trial(server);
    byte[] hello = ClientHello.to(server);
    String letters = new String(hello, StandardCharsets.ISO_8859_1);
    int end = letters.indexOf(server) + server.length();
    assertThat(fate(trial, out(START, Arrays.copyOf(hello, end + more)))).isEqualTo(fate);
    assertThat(nameless(trial)).isEqualTo(unread);
  }

  @Test
  void flowWithoutANameThatCanBeReadPassesAndIsCounted() {
    ArmedTrial trial = trial("*");
    assertThat(fate(trial, out(START, ClientHello.to(null)))).isEqualTo(Fate.PASSED);
    assertThat(fate(trial, out(START + 10, new byte[100]))).isEqualTo(Fate.PASSED);
    assertThat(nameless(trial)).as("once for the flow").isEqualTo(1);
    byte[] plain = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    assertThat(fate(trial, packet(out4(), tcp(port + 1, 80).flags(TcpFlag.ACK), data(plain))))
        .isEqualTo(Fate.PASSED);
    assertThat(nameless(trial)).isEqualTo(2);
  }

  @Test
  void resetIsForThoseThatAreNamedOnly() {
    ArmedTrial trial = Trial.of(reset(ResetEnd.BOTH)).serverNames("*.bad.example").arm();
    assertThat(fate(trial, syn())).isEqualTo(Fate.PASSED);
    assertThat(fate(trial, out(START, ClientHello.to("api.good.example")))).isEqualTo(Fate.PASSED);
    assertThat(trial.matched()).isZero();
  }

  @Test
  void newConnectionOnTheSamePortsIsHeardAnew() {
    ArmedTrial trial = trial("api.example.com");
    fate(trial, out(START, ClientHello.to("api.example.com")));
    assertThat(fate(trial, syn())).isEqualTo(Fate.PASSED);
    assertThat(fate(trial, out(START, ClientHello.to("www.example.com")))).isEqualTo(Fate.PASSED);
    assertThat(fate(trial, out(START + 999, new byte[10]))).isEqualTo(Fate.PASSED);
  }

  @Test
  void everyCutOfAHelloIsReadOrCountedAndNeverTakenForAnother() {
    byte[] hello = ClientHello.to("api.example.com");
    for (int length = 1; length < hello.length; length++) {
      ArmedTrial trial = trial("w*");
      port = 20_000 + length;
      fate(trial, syn());
      assertThat(fate(trial, out(START, Arrays.copyOf(hello, length)))).isEqualTo(Fate.PASSED);
    }
  }
}
