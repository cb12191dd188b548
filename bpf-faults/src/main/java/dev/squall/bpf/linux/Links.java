// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The network interfaces of the namespace that the calling thread is in.
public final class Links {
  private static final int RTM_NEWLINK = 16;
  private static final int RTM_DELLINK = 17;
  private static final int RTM_GETLINK = 18;
  private static final int NLM_F_EXCL = 0x200;
  private static final int NLM_F_CREATE = 0x400;
  private static final int IFINFO_BYTES = 16;
  private static final int IFLA_IFNAME = 3;
  private static final int IFLA_MTU = 4;
  private static final int IFLA_TXQLEN = 13;
  private static final int IFLA_LINKINFO = 18;
  private static final int IFLA_IFALIAS = 20;
  private static final int IFLA_AF_SPEC = 26;
  private static final int IFLA_NET_NS_FD = 28;
  private static final int IFLA_INFO_KIND = 1;
  private static final int IFLA_INFO_DATA = 2;
  private static final int VETH_INFO_PEER = 1;
  private static final int AF_INET6 = 10;
  private static final int IFLA_INET6_ADDR_GEN_MODE = 8;
  private static final int IN6_ADDR_GEN_MODE_NONE = 1;
  private static final int IFF_UP = 1;

  private Links() {}

  /// Every interface, in the kernel's order.
  public static List<Link> list() {
    try (NetlinkSocket socket = new NetlinkSocket()) {
      NetlinkRequest request = header(NetlinkSocket.list(RTM_GETLINK), 0, 0, 0);
      List<Link> links = new ArrayList<>();
      for (NetlinkMessage message : socket.dump("listing network interfaces", request)) {
        if (message.type() == RTM_NEWLINK) {
          links.add(parse(message));
        }
      }
      return links;
    }
  }

  /// The interface of that name, or null.
  public static @Nullable Link byName(String name) {
    return list().stream().filter(link -> link.name().equals(name)).findFirst().orElse(null);
  }

  /// The interface of that number, or null.
  public static @Nullable Link byIndex(int index) {
    return list().stream().filter(link -> link.index() == index).findFirst().orElse(null);
  }

  /// Makes a pair of veth interfaces, both down, the peer in another namespace. Destroying either
  /// namespace removes both.
  ///
  /// @param mtu bytes, of both ends
  public static void createVethPair(
      String name, String peerName, NetworkNamespace peerNamespace, int mtu) {
    NetlinkRequest request = new NetlinkRequest().message(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL);
    header(request, 0, 0, 0).attributeText(IFLA_IFNAME, name).attribute32(IFLA_MTU, mtu);
    request.attribute(IFLA_LINKINFO).attributeText(IFLA_INFO_KIND, "veth");
    request.attribute(IFLA_INFO_DATA).attribute(VETH_INFO_PEER);
    header(request, 0, 0, 0).attributeText(IFLA_IFNAME, peerName).attribute32(IFLA_MTU, mtu);
    request.attribute32(IFLA_NET_NS_FD, peerNamespace.fd()).end().end().end();
    execute("creating the veth pair " + name, request);
  }

  /// Switches an interface on so that it gets no IPv6 address and sends nothing of its own. That
  /// the address generation is off has to reach the kernel before the interface goes up, in a
  /// message of its own; without IPv6 in the kernel there is nothing to switch off.
  public static void upWithoutAddresses(int index) {
    NetlinkRequest request = change(index, 0);
    request.attribute(IFLA_AF_SPEC).attribute(AF_INET6);
    request.attribute8(IFLA_INET6_ADDR_GEN_MODE, IN6_ADDR_GEN_MODE_NONE).end().end();
    try {
      execute("switching IPv6 addresses off", request);
    } catch (LinuxException e) {
      if (e.errno() != Errno.EAFNOSUPPORT) {
        throw e;
      }
    }
    up(index);
  }

  public static void up(int index) {
    execute("switching interface " + index + " on", change(index, IFF_UP));
  }

  /// Gives an interface a text that `ip link` shows.
  ///
  /// @param text at most 255 bytes; an empty one removes the alias
  public static void setAlias(int index, String text) {
    NetlinkRequest request = change(index, 0).attribute(IFLA_IFALIAS);
    request.bytes(text.getBytes(StandardCharsets.UTF_8)).end();
    execute("naming interface " + index, request);
  }

  /// Sets the length of the queue.
  ///
  /// @param packets how many may wait in the device's own queue
  public static void setQueueLength(int index, int packets) {
    NetlinkRequest request = change(index, 0).attribute32(IFLA_TXQLEN, packets);
    execute("setting the queue length of interface " + index, request);
  }

  /// Sets the largest packet.
  ///
  /// @param mtu bytes of it, without the link-layer header
  public static void setMtu(int index, int mtu) {
    NetlinkRequest request = change(index, 0).attribute32(IFLA_MTU, mtu);
    execute("setting the MTU of interface " + index, request);
  }

  /// Moves an interface to another namespace, where it is down.
  public static void move(int index, NetworkNamespace namespace) {
    NetlinkRequest request = change(index, 0).attribute32(IFLA_NET_NS_FD, namespace.fd());
    execute("moving interface " + index, request);
  }

  /// Removes an interface, a veth together with its peer.
  public static void delete(int index) {
    NetlinkRequest request = new NetlinkRequest().message(RTM_DELLINK, 0);
    execute("removing interface " + index, header(request, index, 0, 0));
  }

  private static NetlinkRequest change(int index, int flags) {
    return header(new NetlinkRequest().message(RTM_NEWLINK, 0), index, flags, flags);
  }

  /// struct ifinfomsg
  private static NetlinkRequest header(NetlinkRequest request, int index, int flags, int mask) {
    return request.int32(0).int32(index).int32(flags).int32(mask);
  }

  private static void execute(String operation, NetlinkRequest request) {
    try (NetlinkSocket socket = new NetlinkSocket()) {
      socket.execute(operation, request);
    }
  }

  private static Link parse(NetlinkMessage message) {
    Map<Integer, ByteBuffer> attributes = message.attributes(IFINFO_BYTES);
    ByteBuffer mtu = attributes.get(IFLA_MTU);
    String name = text(attributes, IFLA_IFNAME);
    ByteBuffer info = attributes.get(IFLA_LINKINFO);
    String kind = info == null ? null : text(NetlinkMessage.attributes(info), IFLA_INFO_KIND);
    int hardware = Short.toUnsignedInt(message.body().getShort(2));
    return new Link(
        message.body().getInt(4),
        name == null ? "" : name,
        text(attributes, IFLA_IFALIAS),
        mtu == null ? 0 : mtu.getInt(0),
        new LinkType(hardware, kind),
        message.body().getInt(8));
  }

  private static @Nullable String text(Map<Integer, ByteBuffer> attributes, int type) {
    ByteBuffer value = attributes.get(type);
    return value == null ? null : NetlinkMessage.text(value);
  }
}
