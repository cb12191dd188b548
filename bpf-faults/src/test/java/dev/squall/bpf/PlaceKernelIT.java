// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Faults.loss;
import static dev.squall.bpf.Frames.in4;
import static dev.squall.bpf.Frames.out4;
import static dev.squall.bpf.Frames.out6;
import static dev.squall.bpf.packet.Packet.packet;
import static dev.squall.bpf.packet.Packet.payload;
import static dev.squall.bpf.packet.Packet.tcp;
import static dev.squall.bpf.packet.Packet.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.Passage.Fate;
import dev.squall.bpf.libbpf.TestContext;
import dev.squall.target.TcpFlag;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Faults for a part of each flow only.
@NeedsBpf
class PlaceKernelIT {
  private static final long START = 4_294_967_000L; // so that it wraps soon
  private static final int FLOWS = 100; // of each test

  private static int tests;

  /// The object that all tests share remembers flows.
  private final int base = FLOWS * ++tests;

  private static ArmedTrial first(String extent) {
    return Trial.of(loss("100%")).first(extent).arm();
  }

  private static ArmedTrial after(String extent) {
    return Trial.of(loss("100%")).after(extent).arm();
  }

  private byte[] syn(int port, long sequence) {
    return packet(out4(), tcp(base + port, 443).flags(TcpFlag.SYN).sequence(sequence));
  }

  /// A segment at an offset from the first byte after a SYN of START.
  private byte[] segment(int port, long offset, int bytes) {
    long sequence = (START + 1 + offset) & 0xffff_ffffL;
    return packet(
        out4(), tcp(base + port, 443).flags(TcpFlag.ACK).sequence(sequence), payload(bytes));
  }

  private byte[] datagram(int port, int bytes) {
    return packet(out4(), udp(base + port, 53), payload(bytes));
  }

  private static boolean isHit(ArmedTrial trial, byte[] packet) {
    return trial.egress(packet).fate() == Fate.VANISHED;
  }

  private static String hits(ArmedTrial trial, byte[]... packets) {
    StringBuilder hits = new StringBuilder();
    for (byte[] packet : packets) {
      hits.append(isHit(trial, packet) ? 'x' : '.');
    }
    return hits.toString();
  }

  @Test
  void firstPacketsOfEachFlow() {
    ArmedTrial trial = first("3");
    assertThat(hits(trial, datagram(1, 8), datagram(1, 8), datagram(2, 8), datagram(1, 8)))
        .isEqualTo("xxxx");
    assertThat(hits(trial, datagram(1, 8), datagram(2, 8), datagram(2, 8), datagram(2, 8)))
        .isEqualTo(".xx.");
    assertThat(trial.matched()).as("what is elsewhere in its flow does not match").isEqualTo(6);
  }

  @Test
  void afterSoManyPackets() {
    ArmedTrial trial = after("2");
    assertThat(hits(trial, datagram(1, 8), datagram(1, 8), datagram(1, 8), datagram(1, 8)))
        .isEqualTo("..xx");
  }

  @Test
  void fromSomewhereToSomewhere() {
    ArmedTrial trial = Trial.of(loss("100%")).after("100B").first("4").arm();
    byte[] datagram = datagram(1, 50);
    assertThat(hits(trial, datagram, datagram, datagram, datagram, datagram)).isEqualTo("..xx.");
  }

  @Test
  void attemptsToConnectAreTheFirstPacketsUntilOneComesThrough() {
    ArmedTrial trial = first("3");
    byte[] syn = syn(1, START);
    assertThat(hits(trial, syn, syn, syn, syn, segment(1, 0, 0))).isEqualTo("xxx..");
  }

  @Test
  void newConnectionOnTheSamePortsBeginsAgain() {
    ArmedTrial trial = first("1");
    assertThat(hits(trial, syn(1, START), segment(1, 0, 10), syn(1, START + 99), syn(2, 5)))
        .isEqualTo("x.xx");
  }

  @Test
  void connectionThatWasThereBeforeIsFarFromItsBeginning() {
    assertThat(hits(first("1000"), segment(1, 0, 10), segment(1, 10, 10))).isEqualTo("..");
    assertThat(hits(after("1GB"), segment(1, 0, 10), segment(1, 10, 10))).isEqualTo("xx");
  }

  @Test
  void bytesOfTcpAreCountedByTheirSequenceNumbers() {
    ArmedTrial trial = first("1000B");
    assertThat(
            hits(
                trial,
                syn(1, START),
                segment(1, 0, 600),
                segment(1, 0, 600), // sent again
                segment(1, 600, 600),
                segment(1, 1200, 600),
                segment(1, 600, 600), // sent again, late
                segment(1, 1800, 0)))
        .isEqualTo("xxxx.x.");
  }

  @Test
  void bytesGoOnCountingWhereSequenceNumbersBeginAgain() {
    ArmedTrial trial = after("5GB");
    isHit(trial, syn(1, START));
    long step = 1L << 30;
    StringBuilder hits = new StringBuilder();
    for (long at = 0; at < 7 * step; at += step) {
      hits.append(isHit(trial, segment(1, at, 10)) ? 'x' : '.');
    }
    assertThat(hits).as("0 to 6 GiB in steps of 1 GiB").hasToString(".....xx");
  }

  @Test
  void segmentsOfAPacketCountAlone() {
    ArmedTrial trial = after("40");
    byte[] large = segment(1, 0, 3000);
    TestContext segmented = TestContext.EMPTY.withSegmentation(41, 73, large.length);
    isHit(trial, syn(1, START));
    assertThat(trial.egress(large, segmented).fate()).isEqualTo(Fate.PASSED);
    assertThat(isHit(trial, segment(1, 3000, 10))).isTrue();
  }

  @Test
  void directionsAreCountedApart() {
    ArmedTrial trial = first("1");
    byte[] answer = packet(in4(), udp(53, base + 1), payload(8));
    assertThat(isHit(trial, datagram(1, 8))).isTrue();
    assertThat(trial.ingress(answer).fate()).isEqualTo(Fate.VANISHED);
    assertThat(trial.ingress(answer).fate()).isEqualTo(Fate.PASSED);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100})
  void soManyOfEachFlowAreHit(int count) {
    ArmedTrial trial = first("" + count);
    IntStream.range(0, 120).forEach(n -> trial.egress(packet(out6(), udp(base, 53), payload(n))));
    assertThat(trial.hits()).isEqualTo(count);
  }
}
