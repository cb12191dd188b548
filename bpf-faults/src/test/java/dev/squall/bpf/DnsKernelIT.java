// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Frames.in4;
import static dev.squall.bpf.Frames.in6;
import static dev.squall.bpf.Frames.out4;
import static dev.squall.bpf.packet.Packet.cut;
import static dev.squall.bpf.packet.Packet.data;
import static dev.squall.bpf.packet.Packet.packet;
import static dev.squall.bpf.packet.Packet.padded;
import static dev.squall.bpf.packet.Packet.tcp;
import static dev.squall.bpf.packet.Packet.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.Passage.Fate;
import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.packet.Checksum;
import dev.squall.bpf.packet.DnsMessage;
import dev.squall.bpf.packet.Layer;
import dev.squall.fault.DnsFailure;
import dev.squall.fault.DnsFailure.Outcome;
import dev.squall.target.NamePattern;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers of DNS that become failures, byte for byte.
@NeedsBpf
class DnsKernelIT {
  private static final String NAME = "www.example.com";

  private static ArmedTrial trial(Outcome outcome, String... names) {
    return Trial.of(new DnsFailure(outcome, Stream.of(names).map(NamePattern::parse).toList()))
        .arm();
  }

  private static byte[] answer(Layer ip, DnsMessage message) {
    return packet(ip, udp(53, 4000), data(message.bytes()));
  }

  static List<Layer> families() {
    return List.of(in4(), in6());
  }

  @ParameterizedTest
  @MethodSource("families")
  void answerSaysThatThereIsNoSuchName(Layer ip) {
    DnsMessage message = DnsMessage.answer(NAME);
    Passage passage = trial(Outcome.NXDOMAIN).ingress(answer(ip, message));
    assertThat(passage.fate()).isEqualTo(Fate.REWRITTEN);
    assertThat(passage.packet()).isEqualTo(answer(ip, message.failed(DnsMessage.NXDOMAIN)));
  }

  @ParameterizedTest
  @MethodSource("families")
  void answerSaysThatTheServerFailed(Layer ip) {
    DnsMessage message = DnsMessage.answer("x.y");
    Passage passage = trial(Outcome.SERVFAIL).ingress(answer(ip, message));
    assertThat(passage.packet()).isEqualTo(answer(ip, message.failed(DnsMessage.SERVFAIL)));
  }

  @Test
  void answerThatLeavesTheTargetIsMetAsWell() {
    DnsMessage message = DnsMessage.answer(NAME);
    byte[] packet =
        packet(out4(), udp(53, 4000).checksum(Checksum.UNFINISHED), data(message.bytes()));
    Passage passage = trial(Outcome.NXDOMAIN).egress(packet);
    assertThat(passage.packet())
        .as("what the device is to finish stays unfinished")
        .isEqualTo(
            packet(
                out4(),
                udp(53, 4000).checksum(Checksum.UNFINISHED),
                data(message.failed(DnsMessage.NXDOMAIN).bytes())));
  }

  @Test
  void answerDoesNotCome() {
    ArmedTrial trial = trial(Outcome.TIMEOUT);
    assertThat(trial.ingress(answer(in4(), DnsMessage.answer(NAME))).fate())
        .isEqualTo(Fate.VANISHED);
    assertThat(trial.counts(FaultAbi.INGRESS, 0).hit().packets()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "www.example.com, www.example.com, true",
    "WWW.Example.COM, www.example.com, true",
    "www.example.com, WWW.EXAMPLE.com, true",
    "www.example.com.evil, www.example.com, false",
    "ww.example.com, www.example.com, false",
    "example.com, www.example.com, false",
    "bad.example.com, bad.*, true",
    "bad.x, bad.*, true",
    "bad, bad.*, false",
    "notbad.x, bad.*, false",
    "a.example, *.example, true",
    "a.b.c.example, *.example, true",
    "example, *.example, false",
    "a.example.org, *.example, false",
    "anything.at.all, *, true",
    "x, *, true"
  })
  void namesAreMetAsAWhole(String name, String pattern, boolean hit) {
    ArmedTrial trial = trial(Outcome.TIMEOUT, pattern);
    assertThat(trial.ingress(answer(in4(), DnsMessage.answer(name))).fate())
        .isEqualTo(hit ? Fate.VANISHED : Fate.PASSED);
    assertThat(trial.counts(FaultAbi.INGRESS, 0).matched().packets()).isEqualTo(hit ? 1 : 0);
  }

  @Test
  void longestNameThatThereCanBeIsMet() {
    String label = "a".repeat(63);
    String longest = String.join(".", label, label, label, "a".repeat(61));
    ArmedTrial trial = trial(Outcome.NXDOMAIN, longest, "*." + "a".repeat(61));
    DnsMessage message = DnsMessage.answer(longest);
    assertThat(trial.ingress(answer(in6(), message)).packet())
        .isEqualTo(answer(in6(), message.failed(DnsMessage.NXDOMAIN)));
  }

  @Test
  void severalPatternsOneOfWhichContainsAnother() {
    ArmedTrial trial = trial(Outcome.TIMEOUT, "a.*", "a.b.*", "*.c", "*.b.c", "a.b.c");
    for (String name : List.of("a.x", "a.b.x", "x.c", "x.b.c", "a.b.c")) {
      assertThat(trial.ingress(answer(in4(), DnsMessage.answer(name))).fate())
          .as(name)
          .isEqualTo(Fate.VANISHED);
    }
    assertThat(trial.ingress(answer(in4(), DnsMessage.answer("b.x"))).fate())
        .isEqualTo(Fate.PASSED);
  }

  static List<byte[]> others() {
    DnsMessage answer = DnsMessage.answer(NAME);
    byte[] whole = answer(in4(), answer);
    byte[] two = answer.bytes();
    two[5] = 2;
    byte[] pointing = answer.bytes();
    pointing[12] = (byte) 0xc0;
    return List.of(
        answer(in4(), DnsMessage.query(NAME)),
        packet(in4(), udp(5353, 4000), data(answer.bytes())),
        packet(in4(), tcp(53, 4000), data(answer.bytes())),
        packet(in4(), udp(53, 4000), data(two)),
        packet(in4(), udp(53, 4000), data(pointing)),
        packet(in4(), udp(53, 4000)),
        packet(in4().fragment(0, true), udp(53, 4000), data(answer.bytes())),
        answer(in4(), new DnsMessage(1, 0xa180, NAME, List.of())), // an update
        cut(whole, 14 + 20 + 8 + 12 + 5));
  }

  @ParameterizedTest
  @MethodSource("others")
  void whatIsNoAnswerToOneQuestionPassesUntouched(byte[] packet) {
    ArmedTrial trial = trial(Outcome.NXDOMAIN);
    assertThat(trial.ingress(packet).fate()).isEqualTo(Fate.PASSED);
    assertThat(trial.counts(FaultAbi.INGRESS, 0).matched().packets()).isZero();
  }

  @Test
  void paddingOfTheFrameGoes() {
    DnsMessage message = DnsMessage.answer("a");
    byte[] frame = answer(in4(), message);
    Passage passage = trial(Outcome.NXDOMAIN).ingress(padded(frame, frame.length + 9));
    assertThat(passage.packet()).isEqualTo(answer(in4(), message.failed(DnsMessage.NXDOMAIN)));
  }

  @ParameterizedTest
  @ValueSource(ints = {5353, 53})
  void portsThatAreAskedForTakeThePlaceOfPort53(int port) {
    ArmedTrial trial = Trial.of(new DnsFailure(Outcome.TIMEOUT, List.of())).peerPorts("5353").arm();
    byte[] packet = packet(in4(), udp(port, 4000), data(DnsMessage.answer(NAME).bytes()));
    assertThat(trial.ingress(packet).fate()).isEqualTo(port == 5353 ? Fate.VANISHED : Fate.PASSED);
  }
}
