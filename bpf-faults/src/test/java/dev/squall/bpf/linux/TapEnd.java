// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A TAP device in a namespace of its own, and what the kernel sends through it.
public final class TapEnd implements AutoCloseable {
  private static final String NAME = "tap0";
  private static final int LARGEST_FRAME = 1 << 17;
  private static final int NEEDS_CHECKSUM = 1;
  private static final int SUM_FROM = 6;
  private static final int SUM_AT = 8;
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;

  private final NetworkNamespace namespace = NetworkNamespace.anonymous();
  private final TapDevice device = namespace.call(() -> TapDevice.create(NAME));
  private final int index;

  public TapEnd() {
    index =
        namespace.call(
            () -> {
              Link link = Links.byName(NAME);
              if (link == null) {
                throw new IllegalStateException("the TAP device was not made");
              }
              Links.upWithoutAddresses(link.index());
              return link.index();
            });
  }

  public NetworkNamespace namespace() {
    return namespace;
  }

  /// The number of the interface.
  public int index() {
    return index;
  }

  /// A frame, and what is left to do with it.
  public static final class Frame {
    private final byte[] bytes;
    private final int sumFrom;
    private final int sumAt;

    /// @param sumFrom where the bytes begin whose checksum is still to be made, 0 when there is
    ///   none
    /// @param sumAt where it goes, from there on
    public Frame(byte[] bytes, int sumFrom, int sumAt) {
      this.bytes = bytes.clone();
      this.sumFrom = sumFrom;
      this.sumAt = sumAt;
    }

    public byte[] bytes() {
      return bytes.clone();
    }

    /// Whether its checksum is still to be made.
    public boolean isUnfinished() {
      return sumFrom > 0;
    }

    /// As a device sends it that makes checksums itself (skb_checksum_help in net/core/dev.c).
    public byte[] finished() {
      byte[] all = bytes.clone();
      if (isUnfinished()) {
        int sum = 0;
        for (int i = sumFrom; i < all.length; i++) {
          int value = Byte.toUnsignedInt(all[i]);
          sum += (i - sumFrom) % 2 == 0 ? value << 8 : value;
        }
        while (sum > 0xffff) {
          sum = (sum & 0xffff) + (sum >> 16);
        }
        ByteBuffer.wrap(all).putShort(sumFrom + sumAt, (short) (sum == 0xffff ? 0xffff : ~sum));
      }
      return all;
    }
  }

  /// The bytes of all that was sent since the last call.
  public List<byte[]> sent() {
    return frames().stream().map(Frame::bytes).toList();
  }

  /// All that was sent since the last call.
  public List<Frame> frames() {
    List<Frame> frames = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(LARGEST_FRAME);
      long length = read(buffer);
      while (length > 0) {
        frames.add(frame(buffer.asSlice(0, length)));
        length = read(buffer);
      }
    }
    return frames;
  }

  /// struct virtio_net_hdr: flags, kind, and four lengths of 16 bits.
  private static Frame frame(MemorySegment data) {
    boolean unfinished = (data.get(JAVA_BYTE, 0) & NEEDS_CHECKSUM) != 0;
    byte[] bytes = data.asSlice(TapDevice.HEADER_BYTES).toArray(JAVA_BYTE);
    return new Frame(
        bytes,
        unfinished ? data.get(SHORT, SUM_FROM) : 0,
        unfinished ? data.get(SHORT, SUM_AT) : 0);
  }

  /// Lets the kernel receive a frame.
  public void receive(Frame frame) {
    try (Arena arena = Arena.ofConfined()) {
      byte[] bytes = frame.bytes;
      MemorySegment data = arena.allocate(TapDevice.HEADER_BYTES + bytes.length);
      data.set(JAVA_BYTE, 0, (byte) (frame.isUnfinished() ? NEEDS_CHECKSUM : 0));
      data.set(SHORT, SUM_FROM, (short) frame.sumFrom);
      data.set(SHORT, SUM_AT, (short) frame.sumAt);
      MemorySegment.copy(bytes, 0, data, JAVA_BYTE, TapDevice.HEADER_BYTES, bytes.length);
      Libc.WRITE.call(device.fd(), data.address(), data.byteSize());
    }
  }

  private long read(MemorySegment buffer) {
    return Libc.READ.call(device.fd(), buffer.address(), buffer.byteSize());
  }

  @Override
  public void close() {
    device.close();
    namespace.close();
  }
}
