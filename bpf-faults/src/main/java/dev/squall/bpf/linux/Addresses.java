// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import java.net.InetAddress;

/// Addresses of interfaces in the namespace that the calling thread is in.
public final class Addresses {
  private static final int RTM_NEWADDR = 20;
  private static final int NLM_F_EXCL = 0x200;
  private static final int NLM_F_CREATE = 0x400;
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int IFA_ADDRESS = 1;
  private static final int IFA_LOCAL = 2;

  /// No duplicate address detection: the address works at once.
  private static final int IFA_F_NODAD = 2;

  private Addresses() {}

  /// Gives an interface an address, usable at once.
  ///
  /// @param prefix bits of the network that is then reached directly
  public static void add(int ifindex, InetAddress address, int prefix) {
    byte[] bytes = address.getAddress();
    NetlinkRequest request = new NetlinkRequest().message(RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL);
    request.int8(bytes.length == 4 ? AF_INET : AF_INET6).int8(prefix);
    request.int8(IFA_F_NODAD).int8(0).int32(ifindex);
    request.attribute(IFA_LOCAL).bytes(bytes).end();
    request.attribute(IFA_ADDRESS).bytes(bytes).end();
    try (NetlinkSocket socket = new NetlinkSocket()) {
      socket.execute("adding an address to interface " + ifindex, request);
    }
  }
}
