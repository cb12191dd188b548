// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.pcapng;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcapngWriterTest {
  private static final CapturedInterface ETH0 =
      new CapturedInterface("eth0", "netns web", "run 1", true);
  private static final Instant TIME = Instant.parse("2026-07-01T12:00:01.123456789Z");

  private final MemoryChannel file = new MemoryChannel();
  private final PcapngWriter writer = new PcapngWriter(file);

  private static CapturedPacket packet(int bytes, String comment) {
    byte[] captured = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      captured[i] = (byte) (i + 1);
    }
    return new CapturedPacket(0, TIME, captured, 1500, false, comment);
  }

  /// Written by hand after the figures of the draft.
  @Test
  void everyByteIsInItsPlace() throws IOException {
    int number = writer.addInterface(ETH0);
    writer.addPacket(new CapturedPacket(number, TIME, new byte[] {1, 2, 3}, 98, true, "hit"));
    writer.flush();

    assertThat(HexFormat.of().formatHex(file.bytes()))
        .isEqualTo(
            """
            0a0d0d0a 2c000000 4d3c2b1a 0100 0000 ffffffffffffffff \
            0400 0600 737175616c6c 0000 0000 0000 2c000000\
            01000000 44000000 0100 0000 00000000 \
            0200 0400 65746830 0300 0900 6e65746e7320776562 000000 \
            0900 0100 09 000000 0100 0500 72756e2031 000000 0000 0000 44000000\
            06000000 38000000 00000000 a728be18 15177336 03000000 62000000 010203 00 \
            0200 0400 01000000 0100 0300 686974 00 0000 0000 38000000"""
                .replace(" ", ""));
  }

  @Test
  void timesAreInNanoseconds() throws IOException {
    writer.addInterface(ETH0);
    writer.addPacket(packet(1, "hit"));
    writer.flush();

    assertThat(read().packets().getFirst().time()).isEqualTo(TIME);
  }

  @Test
  void anInterfaceWithoutEthernetHeaderCarriesBareIp() throws IOException {
    assertThat(writer.addInterface(ETH0)).isZero();
    assertThat(writer.addInterface(new CapturedInterface("tun0", "this host", "", false)))
        .isEqualTo(1);
    writer.flush();

    assertThat(read().interfaces())
        .containsExactly(
            new CaptureFile.Interface(1, "eth0", "netns web", "run 1"),
            new CaptureFile.Interface(101, "tun0", "this host", ""));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 128})
  void bytesAndTextsOfAnyLengthAreFilledUp(int bytes) throws IOException {
    writer.addInterface(ETH0);
    writer.addPacket(packet(bytes, "é".repeat(bytes)));
    writer.flush();

    CaptureFile.Packet packet = read().packets().getFirst();
    assertThat(packet.bytes()).isEqualTo(packet(bytes, "").bytes());
    assertThat(packet.length()).isEqualTo(1500);
    assertThat(packet.direction()).isEqualTo(2);
    assertThat(packet.comment()).isEqualTo("é".repeat(bytes));
  }

  @Test
  void aTextWithoutEndIsCut() throws IOException {
    writer.addInterface(new CapturedInterface("eth0", "x".repeat(100_000), "", true));
    writer.addPacket(packet(1, "x".repeat(100_000)));
    writer.flush();

    assertThat(read().packets().getFirst().comment()).isEqualTo("x".repeat(4096));
  }

  @Test
  void blocksGoToTheFileWholeBeforeTheFlushToo() throws IOException {
    writer.addInterface(ETH0);
    for (int i = 0; i < 2000; i++) {
      writer.addPacket(packet(128, "hit"));
    }
    assertThat(read().packets()).hasSizeGreaterThan(1000).hasSize((int) writer.packets());

    writer.flush();
    assertThat(read().packets()).hasSize(2000);
    assertThat(writer.packets()).isEqualTo(2000);
  }

  @Test
  void aFullDiskLeavesTheBlocksThatWereThereBefore() throws IOException {
    writer.addInterface(ETH0);
    writer.addPacket(packet(128, "hit"));
    writer.flush();
    file.withRoom(file.bytes().length + 300);
    writer.addPacket(packet(128, "hit"));
    writer.addPacket(packet(128, "hit"));

    assertThatThrownBy(writer::flush).hasMessage("No space left on device");
    assertThat(read().packets()).hasSize(1);
    assertThat(writer.packets()).isEqualTo(1);

    file.withRoom(1 << 20);
    writer.addPacket(packet(1, "later"));
    writer.flush();
    assertThat(read().packets()).extracting(CaptureFile.Packet::comment).endsWith("later");
    assertThat(writer.packets()).isEqualTo(2);
  }

  private CaptureFile read() {
    return CaptureFile.parse(file.bytes());
  }
}
