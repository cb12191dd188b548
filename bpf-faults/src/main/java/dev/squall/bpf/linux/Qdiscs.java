// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import java.time.Duration;

/// Queues of interfaces in the namespace that the calling thread is in.
public final class Qdiscs {
  private static final int RTM_NEWQDISC = 36;
  private static final int RTM_DELQDISC = 37;
  static final int NLM_F_EXCL = 0x200;
  static final int NLM_F_CREATE = 0x400;
  static final int TCA_KIND = 1;
  static final int TCA_OPTIONS = 2;

  /// Where a queue hangs that all packets of the interface go through, TC_H_ROOT.
  static final int ROOT = 0xffffffff;

  private static final int TCA_FQ_PLIMIT = 1;
  private static final int TCA_FQ_FLOW_PLIMIT = 2;
  private static final int TCA_FQ_HORIZON = 14;

  private Qdiscs() {}

  /// Puts `fq` at the root: packets leave at the time in their tstamp, sorted by it within a flow.
  ///
  /// @param limit packets in the queue; beyond it packets are dropped
  /// @param flowLimit packets of one flow in the queue, likewise
  /// @param horizon packets that are to leave later than this are dropped; at most 71 minutes
  public static void addFq(int ifindex, int limit, int flowLimit, Duration horizon) {
    NetlinkRequest request = create(RTM_NEWQDISC, ifindex, HtbQueue.HANDLE, ROOT, "fq");
    request.attribute(TCA_OPTIONS).attribute32(TCA_FQ_PLIMIT, limit);
    request.attribute32(TCA_FQ_FLOW_PLIMIT, flowLimit);
    long microseconds = horizon.toNanos() / 1000;
    request.attribute32(TCA_FQ_HORIZON, Math.toIntExact(microseconds)).end();
    execute("adding fq to interface " + ifindex, request);
  }

  /// Takes the queue at the root away; the kernel puts its default in its place. Packets that wait
  /// in it are lost.
  public static void deleteRoot(int ifindex) {
    NetlinkRequest request = new NetlinkRequest().message(RTM_DELQDISC, 0);
    execute("removing the queue of interface " + ifindex, header(request, ifindex, 0, ROOT));
  }

  /// A request that makes something new of a kind; its options are still to be added.
  static NetlinkRequest create(int type, int ifindex, int handle, int parent, String kind) {
    NetlinkRequest request = new NetlinkRequest().message(type, NLM_F_CREATE | NLM_F_EXCL);
    return header(request, ifindex, handle, parent).attributeText(TCA_KIND, kind);
  }

  /// struct tcmsg
  static NetlinkRequest header(NetlinkRequest request, int ifindex, int handle, int parent) {
    return request.int32(0).int32(ifindex).int32(handle).int32(parent).int32(0);
  }

  static void execute(String operation, NetlinkRequest request) {
    try (NetlinkSocket socket = new NetlinkSocket()) {
      socket.execute(operation, request);
    }
  }
}
