// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.pcapng;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What stands in a capture file, read by the words of draft-ietf-opsawg-pcapng and by nothing of
/// the writer. It accepts no block, option or filling that is not as it has to be.
public final class CaptureFile {
  private final List<Interface> interfaces = new ArrayList<>();
  private final List<Packet> packets = new ArrayList<>();
  private final ByteBuffer bytes;

  private CaptureFile(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    sectionHeader(block(0x0a0d0d0a));
    while (this.bytes.hasRemaining()) {
      ByteBuffer next = this.bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
      switch (next.getInt()) {
        case 1 -> interfaceDescription(block(1));
        case 6 -> enhancedPacket(block(6));
        default -> throw new AssertionError("a block of type " + next.getInt(next.position() - 4));
      }
    }
  }

  /// An interface, where `comment` is null when there is none.
  public record Interface(
      int linkType, String name, String description, @Nullable String comment) {}

  /// A packet and its interface; `direction` is that of the flags, 1 inbound and 2 outbound.
  @SuppressWarnings("ArrayRecordComponent") // compared part by part
  public record Packet(
      Interface where, Instant time, byte[] bytes, int length, int direction, String comment) {}

  /// Reads a file to its end, and fails when its last block is cut.
  public static CaptureFile read(Path file) throws IOException {
    return new CaptureFile(Files.readAllBytes(file));
  }

  static CaptureFile parse(byte[] bytes) {
    return new CaptureFile(bytes);
  }

  public List<Interface> interfaces() {
    return interfaces;
  }

  public List<Packet> packets() {
    return packets;
  }

  private ByteBuffer block(int type) {
    int start = bytes.position();
    assertThat(bytes.getInt()).as("type of the block at %d", start).isEqualTo(type);
    int length = bytes.getInt();
    assertThat(length % 4).as("length of the block at %d", start).isZero();
    assertThat(bytes.getInt(start + length - 4)).as("length behind it").isEqualTo(length);
    ByteBuffer body = bytes.slice(start + 8, length - 12).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(start + length);
    return body;
  }

  private static void sectionHeader(ByteBuffer body) {
    assertThat(body.getInt()).as("byte-order magic").isEqualTo(0x1a2b3c4d);
    assertThat(body.getShort()).as("major version").isEqualTo((short) 1);
    assertThat(body.getShort()).as("minor version").isEqualTo((short) 0);
    assertThat(body.getLong()).as("length of the section").isEqualTo(-1);
    assertThat(options(body)).containsOnlyKeys(4);
  }

  private void interfaceDescription(ByteBuffer body) {
    int linkType = Short.toUnsignedInt(body.getShort());
    assertThat(body.getShort()).as("reserved").isZero();
    assertThat(body.getInt()).as("limit of captured bytes").isZero();
    Map<Integer, byte[]> options = options(body);
    assertThat(options.get(9)).as("resolution of times").containsExactly(9);
    interfaces.add(
        new Interface(linkType, text(options.get(2)), text(options.get(3)), text(options.get(1))));
  }

  private void enhancedPacket(ByteBuffer body) {
    Interface where = interfaces.get(body.getInt());
    long nanos = (long) body.getInt() << 32 | Integer.toUnsignedLong(body.getInt());
    byte[] captured = new byte[body.getInt()];
    int length = body.getInt();
    body.get(captured);
    skipFilling(body);
    Map<Integer, byte[]> options = options(body);
    int flags = ByteBuffer.wrap(options.get(2)).order(ByteOrder.LITTLE_ENDIAN).getInt();
    Instant time = Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000);
    packets.add(new Packet(where, time, captured, length, flags, text(options.get(1))));
  }

  private static Map<Integer, byte[]> options(ByteBuffer body) {
    Map<Integer, byte[]> options = new HashMap<>();
    while (true) {
      int code = Short.toUnsignedInt(body.getShort());
      byte[] value = new byte[Short.toUnsignedInt(body.getShort())];
      if (code == 0) {
        assertThat(value).as("end of options").isEmpty();
        assertThat(body.remaining()).as("bytes behind the options").isZero();
        return options;
      }
      body.get(value);
      skipFilling(body);
      assertThat(options.put(code, value)).as("a second option %d", code).isNull();
    }
  }

  private static void skipFilling(ByteBuffer body) {
    while (body.position() % 4 != 0) {
      assertThat(body.get()).as("filling").isZero();
    }
  }

  private static @Nullable String text(byte @Nullable [] value) {
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }
}
