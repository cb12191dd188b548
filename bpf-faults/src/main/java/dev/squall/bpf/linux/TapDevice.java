// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.squall.fault.FaultException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/// A TAP device: what the kernel sends through it is read from it, what is written to it the kernel
/// receives. It goes when this closes or this process dies.
///
/// Each frame has a virtio-net header in front, so that large packets stay whole and unfinished
/// checksums stay unfinished on the way out and back.
public final class TapDevice implements AutoCloseable {
  /// Bytes of `struct virtio_net_hdr` before each frame.
  public static final int HEADER_BYTES = 10;

  private static final int TUNSETIFF = 0x400454ca;
  private static final int TUNSETOFFLOAD = 0x400454d0;
  private static final int IFF_TAP = 0x0002;
  private static final int IFF_NO_PI = 0x1000;
  private static final int IFF_VNET_HDR = 0x4000;
  private static final int IFREQ_BYTES = 40;
  private static final int IFREQ_FLAGS = 16;
  private static final int MOST_NAME_BYTES = 15;
  private static final int CHECKSUM_AND_TSO = 0x01 | 0x02 | 0x04 | 0x08;
  private static final int USO = 0x20 | 0x40;

  private final NativeFile file;

  private TapDevice(NativeFile file) {
    this.file = file;
  }

  /// Makes one, still down, in the namespace of the calling thread, which it keeps alive.
  ///
  /// @param name at most 15 bytes
  public static TapDevice create(String name) {
    NativeFile file = NativeFile.open("/dev/net/tun", Libc.O_RDWR | Libc.O_NONBLOCK);
    try {
      name(file, name);
      accept(file);
      return new TapDevice(file);
    } catch (LinuxException | FaultException e) {
      file.close();
      throw e;
    }
  }

  /// Fills in `struct ifreq`, at which point the device comes into being.
  private static void name(NativeFile file, String name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment request = arena.allocate(IFREQ_BYTES, 8);
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      MemorySegment.copy(bytes, 0, request, JAVA_BYTE, 0, Math.min(bytes.length, MOST_NAME_BYTES));
      request.set(JAVA_SHORT, IFREQ_FLAGS, (short) (IFF_TAP | IFF_NO_PI | IFF_VNET_HDR));
      if (Libc.IOCTL.callInt(file.fd(), TUNSETIFF, request.address()) != 0) {
        String operation = "creating TAP device " + name;
        throw LinuxException.of(operation, NativeFunction.errno(), Capability.NET_ADMIN);
      }
    }
  }

  /// Says that large packets and unfinished checksums are welcome. UDP segmentation is known from
  /// kernel 6.2 on and refused before.
  private static void accept(NativeFile file) {
    if (Libc.IOCTL.callInt(file.fd(), TUNSETOFFLOAD, CHECKSUM_AND_TSO | USO) != 0) {
      int accepted = Libc.IOCTL.callInt(file.fd(), TUNSETOFFLOAD, CHECKSUM_AND_TSO);
      Libc.check("setting offloads of a TAP device", accepted);
    }
  }

  /// The descriptor, which does not block.
  int fd() {
    return file.fd();
  }

  @Override
  public void close() {
    file.close();
  }
}
