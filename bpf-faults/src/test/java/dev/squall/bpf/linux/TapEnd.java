// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// A TAP device in a namespace of its own, and what the kernel sends through it.
public final class TapEnd implements AutoCloseable {
  private static final String NAME = "tap0";
  private static final int LARGEST_FRAME = 1 << 17;

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

  /// All that was sent since the last call, without the virtio headers.
  public List<byte[]> sent() {
    List<byte[]> frames = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(LARGEST_FRAME);
      long length = read(buffer);
      while (length > 0) {
        int header = TapDevice.HEADER_BYTES;
        frames.add(buffer.asSlice(header, length - header).toArray(JAVA_BYTE));
        length = read(buffer);
      }
    }
    return frames;
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
