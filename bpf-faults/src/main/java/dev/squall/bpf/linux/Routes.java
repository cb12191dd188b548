// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// The routes of the namespace that the calling thread is in.
public final class Routes {
  private static final int RTM_NEWROUTE = 24;
  private static final int RTM_GETROUTE = 26;
  private static final int RTMSG_BYTES = 12;
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int RT_TABLE_MAIN = 254;
  private static final int RTN_UNICAST = 1;
  private static final int RTA_OIF = 4;
  private static final int RTA_PRIORITY = 6;
  private static final int RTA_MULTIPATH = 9;
  private static final int NEXT_HOP_BYTES = 8;

  private Routes() {}

  /// The interfaces that a default route of the main table goes through, the most preferred first:
  /// those of IPv4, or those of IPv6 when IPv4 has none. All next hops of a multipath route count.
  public static List<Integer> defaultInterfaces() {
    List<Integer> found = defaultInterfaces(AF_INET);
    return found.isEmpty() ? defaultInterfaces(AF_INET6) : found;
  }

  private static List<Integer> defaultInterfaces(int family) {
    NetlinkRequest request = NetlinkSocket.list(RTM_GETROUTE);
    request.int8(family).int8(0).int16(0).int32(0).int32(0); // struct rtmsg
    List<DefaultRoute> routes = new ArrayList<>();
    try (NetlinkSocket socket = new NetlinkSocket()) {
      for (NetlinkMessage message : socket.dump("listing routes", request)) {
        if (message.type() == RTM_NEWROUTE && isDefault(message.body(), family)) {
          routes.add(parse(message));
        }
      }
    }
    routes.sort(Comparator.comparingLong(DefaultRoute::metric));
    return routes.stream().flatMap(route -> route.interfaces().stream()).distinct().toList();
  }

  /// Without a prefix, in the main table, and leading somewhere. The kernel need not filter by
  /// family.
  private static boolean isDefault(ByteBuffer route, int family) {
    return Byte.toUnsignedInt(route.get(0)) == family
        && route.get(1) == 0
        && Byte.toUnsignedInt(route.get(4)) == RT_TABLE_MAIN
        && route.get(7) == RTN_UNICAST;
  }

  private record DefaultRoute(long metric, List<Integer> interfaces) {}

  private static DefaultRoute parse(NetlinkMessage message) {
    Map<Integer, ByteBuffer> attributes = message.attributes(RTMSG_BYTES);
    ByteBuffer metric = attributes.get(RTA_PRIORITY);
    ByteBuffer single = attributes.get(RTA_OIF);
    ByteBuffer several = attributes.get(RTA_MULTIPATH);
    List<Integer> interfaces = new ArrayList<>();
    if (single != null) {
      interfaces.add(single.getInt(0));
    }
    if (several != null) {
      addNextHops(several, interfaces);
    }
    return new DefaultRoute(
        metric == null ? 0 : Integer.toUnsignedLong(metric.getInt(0)), interfaces);
  }

  /// struct rtnexthop: 16 bits of length, 8 of flags, 8 of weight, 32 of interface, attributes.
  private static void addNextHops(ByteBuffer nextHops, List<Integer> interfaces) {
    int at = 0;
    while (nextHops.limit() - at >= NEXT_HOP_BYTES) {
      interfaces.add(nextHops.getInt(at + 4));
      int length = Short.toUnsignedInt(nextHops.getShort(at));
      at += Math.max(NEXT_HOP_BYTES, (length + 3) & ~3);
    }
  }
}
