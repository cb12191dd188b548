// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.pcapng;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Writes one section of the format pcapng (draft-ietf-opsawg-pcapng): a header, then interfaces
/// and packets, in blocks whose length stands at both ends. Times are in nanoseconds.
///
/// Blocks are gathered and go to the file whole, at the latest with [#flush].
public final class PcapngWriter {
  private static final int SECTION_HEADER = 0x0a0d0d0a;
  private static final int INTERFACE_DESCRIPTION = 1;
  private static final int ENHANCED_PACKET = 6;

  private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
  private static final long LENGTH_UNKNOWN = -1;
  private static final int NO_LIMIT = 0;
  private static final int LINKTYPE_ETHERNET = 1;
  private static final int LINKTYPE_RAW = 101;

  private static final int END_OF_OPTIONS = 0;
  private static final int COMMENT = 1;
  private static final int APPLICATION = 4; // of a section
  private static final int NAME = 2; // of an interface
  private static final int DESCRIPTION = 3;
  private static final int TIME_RESOLUTION = 9;
  private static final byte NANOSECONDS = 9;
  private static final int FLAGS = 2; // of a packet
  private static final byte INBOUND = 1;
  private static final byte OUTBOUND = 2;

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int LONGEST_OPTION = 1 << 12;
  private static final int LONGEST_BLOCK = 1 << 14;

  private final SeekableByteChannel file;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private int block;
  private int interfaces;
  private long bytes;
  private long packets;
  private int waiting;

  /// @param file empty; whoever opened it closes it
  public PcapngWriter(SeekableByteChannel file) {
    this.file = file;
    begin(SECTION_HEADER);
    buffer.putInt(BYTE_ORDER_MAGIC).putShort((short) 1).putShort((short) 0).putLong(LENGTH_UNKNOWN);
    option(APPLICATION, text("squall"));
    end();
  }

  /// @return its number, which its packets name
  public int addInterface(CapturedInterface added) throws IOException {
    makeRoom();
    begin(INTERFACE_DESCRIPTION);
    buffer.putInt(added.hasEthernetHeader() ? LINKTYPE_ETHERNET : LINKTYPE_RAW).putInt(NO_LIMIT);
    option(NAME, text(added.name()));
    option(DESCRIPTION, text(added.description()));
    option(TIME_RESOLUTION, NANOSECONDS);
    option(COMMENT, text(added.comment()));
    end();
    return interfaces++;
  }

  public void addPacket(CapturedPacket packet) throws IOException {
    makeRoom();
    long nanos = nanos(packet.time());
    begin(ENHANCED_PACKET);
    buffer.putInt(packet.interfaceNumber()).putInt((int) (nanos >>> 32)).putInt((int) nanos);
    buffer.putInt(packet.bytes().length).putInt(packet.length());
    padded(packet.bytes(), packet.bytes().length);
    option(FLAGS, packet.inbound() ? INBOUND : OUTBOUND, (byte) 0, (byte) 0, (byte) 0);
    option(COMMENT, text(packet.comment()));
    end();
    waiting++;
  }

  /// Nanoseconds since 1970, which 64 bits hold until the year 2262.
  private static long nanos(Instant time) {
    return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
  }

  /// How many packets are in the file.
  public long packets() {
    return packets;
  }

  /// Puts into the file what is not there yet. When that fails, the file is cut to the blocks that
  /// were there before, and what was to be added is forgotten.
  public void flush() throws IOException {
    buffer.flip();
    int added = buffer.limit();
    try {
      while (buffer.hasRemaining()) {
        file.write(buffer);
      }
      bytes += added;
      packets += waiting;
    } catch (IOException refused) {
      cut(refused);
      throw refused;
    } finally {
      buffer.clear();
      waiting = 0;
    }
  }

  /// A pipe cannot be cut, and what it has taken is gone.
  private void cut(IOException refused) {
    try {
      file.truncate(bytes);
    } catch (IOException uncut) {
      refused.addSuppressed(uncut);
    }
  }

  private void makeRoom() throws IOException {
    if (buffer.remaining() < LONGEST_BLOCK) {
      flush();
    }
  }

  private void begin(int type) {
    block = buffer.position();
    buffer.putInt(type).putInt(0);
  }

  private void end() {
    buffer.putInt(END_OF_OPTIONS);
    int length = buffer.position() - block + Integer.BYTES;
    buffer.putInt(length).putInt(block + Integer.BYTES, length);
  }

  private void option(int code, byte... value) {
    int length = Math.min(value.length, LONGEST_OPTION);
    buffer.putShort((short) code).putShort((short) length);
    padded(value, length);
  }

  /// Up to the next multiple of four.
  private void padded(byte[] value, int length) {
    buffer.put(value, 0, length);
    while (buffer.position() % Integer.BYTES != 0) {
      buffer.put((byte) 0);
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
