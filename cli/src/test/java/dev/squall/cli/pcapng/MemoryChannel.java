// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.pcapng;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/// A file in memory, on a disk that may be full: then it takes what fits, and fails.
public final class MemoryChannel implements SeekableByteChannel {
  private final byte[] disk = new byte[1 << 20];
  private int room = disk.length;
  private int size;
  private boolean open = true;

  /// So many bytes in all from now on.
  public MemoryChannel withRoom(int bytes) {
    room = bytes;
    return this;
  }

  public byte[] bytes() {
    return Arrays.copyOf(disk, size);
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    int fits = Math.min(from.remaining(), room - size);
    if (fits == 0) {
      throw new IOException("No space left on device");
    }
    from.get(disk, size, fits);
    size += fits;
    return fits;
  }

  @Override
  public MemoryChannel truncate(long bytes) {
    size = (int) Math.min(size, bytes);
    return this;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }

  @Override
  public int read(ByteBuffer to) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long position() {
    throw new UnsupportedOperationException();
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    throw new UnsupportedOperationException();
  }
}
