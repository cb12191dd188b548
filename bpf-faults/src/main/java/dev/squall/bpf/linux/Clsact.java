// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// BPF programs as filters of the `clsact` queue, the way before kernel 6.6, on interfaces of the
/// namespace that the calling thread is in. A filter stays when its maker dies.
///
/// Filters run by priority, the lowest number first, and within one the newest first. Squall's are
/// at priority 1, or at 2 where somebody has a filter of another kind at 1.
public final class Clsact {
  private static final int RTM_NEWQDISC = 36;
  private static final int RTM_DELQDISC = 37;
  private static final int RTM_NEWTFILTER = 44;
  private static final int RTM_DELTFILTER = 45;
  private static final int RTM_GETTFILTER = 46;
  private static final int TC_H_CLSACT = 0xfffffff1;
  private static final int HANDLE = 0xffff0000;
  private static final int TCMSG_BYTES = 20;
  private static final int TCA_BPF_FD = 6;
  private static final int TCA_BPF_NAME = 7;
  private static final int TCA_BPF_FLAGS = 8;
  private static final int TCA_BPF_ID = 11;
  private static final int DIRECT_ACTION = 1;
  private static final int ETH_P_ALL = 3;

  private Clsact() {}

  /// Puts the queue onto an interface; returns false when it was there already.
  public static boolean add(int ifindex) {
    NetlinkRequest request = Qdiscs.create(RTM_NEWQDISC, ifindex, HANDLE, TC_H_CLSACT, "clsact");
    try {
      Qdiscs.execute("adding clsact to interface " + ifindex, request);
      return true;
    } catch (LinuxException e) {
      if (e.errno() == Errno.EEXIST) {
        return false;
      }
      throw e;
    }
  }

  /// Takes the queue away with every filter in it.
  public static void delete(int ifindex) {
    NetlinkRequest request = new NetlinkRequest().message(RTM_DELQDISC, 0);
    Qdiscs.header(request, ifindex, HANDLE, TC_H_CLSACT);
    Qdiscs.execute("removing clsact from interface " + ifindex, request);
  }

  /// Adds a program as a filter that decides by itself.
  ///
  /// @param filter where and as what; its program ID is not looked at
  /// @param programFd the loaded program
  /// @throws LinuxException EEXIST when there is a filter of that priority and handle
  public static void addFilter(Filter filter, int programFd) {
    NetlinkRequest request =
        new NetlinkRequest().message(RTM_NEWTFILTER, Qdiscs.NLM_F_CREATE | Qdiscs.NLM_F_EXCL);
    header(request, filter).attributeText(Qdiscs.TCA_KIND, "bpf").attribute(Qdiscs.TCA_OPTIONS);
    request.attribute32(TCA_BPF_FD, programFd).attributeText(TCA_BPF_NAME, filter.name());
    request.attribute32(TCA_BPF_FLAGS, DIRECT_ACTION).end();
    Qdiscs.execute("adding filter " + filter.name(), request);
  }

  /// Removes one filter.
  public static void deleteFilter(Filter filter) {
    NetlinkRequest request = new NetlinkRequest().message(RTM_DELTFILTER, 0);
    header(request, filter).attributeText(Qdiscs.TCA_KIND, "bpf");
    Qdiscs.execute("removing filter " + filter.name(), request);
  }

  /// The BPF filters at one side of an interface; none when it has no such queue.
  public static List<Filter> filters(int ifindex, Side side) {
    return dump(ifindex, side).stream().flatMap(message -> parse(message, side).stream()).toList();
  }

  /// Whether the queue has no filter of anybody, of any kind, on either side.
  public static boolean isEmpty(int ifindex) {
    return dump(ifindex, Side.INGRESS).isEmpty() && dump(ifindex, Side.EGRESS).isEmpty();
  }

  private static List<NetlinkMessage> dump(int ifindex, Side side) {
    NetlinkRequest request = NetlinkSocket.list(RTM_GETTFILTER);
    Qdiscs.header(request, ifindex, 0, side.parent);
    try (NetlinkSocket socket = new NetlinkSocket()) {
      List<NetlinkMessage> messages = socket.dump("listing filters", request);
      return messages.stream().filter(message -> message.type() == RTM_NEWTFILTER).toList();
    }
  }

  /// struct tcmsg, whose last word is the priority and the protocol in network byte order.
  private static NetlinkRequest header(NetlinkRequest request, Filter filter) {
    int info = (filter.priority() << 16) | (Short.reverseBytes((short) ETH_P_ALL) & 0xffff);
    request.int32(0).int32(filter.ifindex()).int32(filter.handle());
    return request.int32(filter.side().parent).int32(info);
  }

  /// Empty for a filter of another kind, and for the head of a priority, which has no handle.
  private static Optional<Filter> parse(NetlinkMessage message, Side side) {
    int handle = message.body().getInt(8);
    Map<Integer, ByteBuffer> attributes = message.attributes(TCMSG_BYTES);
    ByteBuffer options = attributes.get(Qdiscs.TCA_OPTIONS);
    if (handle == 0 || options == null) {
      return Optional.empty();
    }
    Map<Integer, ByteBuffer> bpf = NetlinkMessage.attributes(options);
    ByteBuffer name = bpf.get(TCA_BPF_NAME);
    ByteBuffer id = bpf.get(TCA_BPF_ID);
    if (name == null || id == null) {
      return Optional.empty();
    }
    int priority = message.body().getInt(16) >>> 16;
    int ifindex = message.body().getInt(4);
    Filter filter = new Filter(ifindex, side, priority, handle, NetlinkMessage.text(name), 0);
    return Optional.of(filter.withProgramId(id.getInt(0)));
  }

  /// The two sides of an interface.
  public enum Side {
    INGRESS(0xfffffff2),
    EGRESS(0xfffffff3);

    private final int parent;

    Side(int parent) {
      this.parent = parent;
    }
  }

  /// A BPF filter.
  ///
  /// @param priority 1 to 65535, the lowest runs first
  /// @param handle its number among those of its priority, not 0
  /// @param name what its maker called it
  /// @param programId the number of its program, 0 when not yet known
  public record Filter(
      int ifindex, Side side, int priority, int handle, String name, int programId) {
    public Filter withPriority(int other) {
      return new Filter(ifindex, side, other, handle, name, programId);
    }

    Filter withProgramId(int id) {
      return new Filter(ifindex, side, priority, handle, name, id);
    }
  }
}
