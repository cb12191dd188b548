// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// What an interface does in place of the kernel's network stack.
public final class Offloads {
  private static final int AF_INET = 2;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int SIOCETHTOOL = 0x8946;
  private static final int ETHTOOL_STXCSUM = 0x17;
  private static final int IFREQ_BYTES = 40;
  private static final int IFREQ_DATA = 16;

  private Offloads() {}

  /// Makes the kernel finish each checksum before an interface of the calling thread's namespace,
  /// and with it split each large packet: segmentation offload rests upon checksum offload
  /// (netdev_fix_features in net/core/dev.c).
  public static void switchOff(String name) {
    int socket = Libc.check("socket", Libc.SOCKET.call(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    try (NativeFile file = new NativeFile(socket);
        Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(2 * JAVA_INT.byteSize(), JAVA_INT.byteAlignment());
      value.set(JAVA_INT, 0, ETHTOOL_STXCSUM);
      MemorySegment request = arena.allocate(IFREQ_BYTES, ADDRESS.byteAlignment());
      request.setString(0, name);
      request.set(ADDRESS, IFREQ_DATA, value);
      int result = Libc.IOCTL.callInt(file.fd(), SIOCETHTOOL, request.address());
      Libc.check("switching the offloads of " + name + " off", result);
    }
  }
}
