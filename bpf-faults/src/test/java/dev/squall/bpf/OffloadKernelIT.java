// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Faults.reject;
import static dev.squall.bpf.Frames.in4;
import static dev.squall.bpf.Frames.in6;
import static dev.squall.bpf.packet.Packet.packet;
import static dev.squall.bpf.packet.Packet.payload;
import static dev.squall.bpf.packet.Packet.tcp;
import static dev.squall.bpf.packet.Packet.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.attach.AttachPoint;
import dev.squall.bpf.attach.Attachment;
import dev.squall.bpf.libbpf.Hook;
import dev.squall.bpf.linux.TapEnd;
import dev.squall.bpf.linux.TapEnd.Frame;
import dev.squall.bpf.packet.Checksum;
import dev.squall.bpf.packet.Layer;
import dev.squall.bpf.packet.PacketView;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers to packets whose checksum a device was to finish, which a test run cannot make: they
/// come in through a TAP device. The kernel still believes that the answer wants finishing, and the
/// device through which it leaves may do so.
@NeedsBpf
class OffloadKernelIT {
  private static final int UDP_CHECK = 6;
  private static final int TCP_CHECK = 16;

  private final TapEnd device = new TapEnd();
  private final ArmedTrial trial = Trial.of(reject()).arm();
  private final Attachment attachment =
      device
          .namespace()
          .call(
              () ->
                  AttachPoint.probe()
                      .attach(
                          trial.program().program("squall_ingress"), device.index(), Hook.INGRESS));

  @AfterEach
  void close() {
    attachment.close();
    device.close();
  }

  private Frame answerTo(byte[] packet, int sumAt) {
    int sumFrom = 14 + PacketView.of(packet).ipHeaderBytes();
    device.receive(new Frame(packet, sumFrom, sumAt));
    List<Frame> answers = device.frames();
    assertThat(answers).hasSize(1);
    return answers.getFirst();
  }

  private void assertSoundMessage(Layer ip, int bytes) {
    Layer datagram = udp(Frames.PEER_PORT, Frames.TARGET_PORT).checksum(Checksum.UNFINISHED);
    Frame answer = answerTo(packet(ip, datagram, payload(bytes)), UDP_CHECK);
    PacketView asItIs = PacketView.of(answer.bytes());
    assertThat(asItIs.icmp().checksumIsRight()).isTrue();
    assertThat(asItIs.ipHeaderIsRight()).isTrue();
    assertThat(PacketView.of(answer.finished()).icmp().checksumIsRight()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 101, 1400})
  void rejectionOfADatagramIsSoundWhetherItIsFinishedOrNot(int bytes) {
    assertSoundMessage(in4(), bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 101, 1400})
  void rejectionOfADatagramInVersionSixIsSoundWhetherItIsFinishedOrNot(int bytes) {
    assertSoundMessage(in6(), bytes);
  }

  @Test
  void resetOfASegmentIsFinishedByTheDevice() {
    for (Layer ip : List.of(in4(), in6())) {
      Layer segment = tcp(443, 40_000).checksum(Checksum.UNFINISHED);
      Frame answer = answerTo(packet(ip, segment, payload(300)), TCP_CHECK);
      assertThat(answer.isUnfinished()).isTrue();
      assertThat(PacketView.of(answer.finished()).tcp().checksum()).isEqualTo(Checksum.FINISHED);
    }
  }
}
