// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import java.time.Duration;

/// The HTB queue that serves as a delay line where there is no `fq`.
///
/// Every packet counts as [#PACKET_BYTES], whatever its length, so a leaf class of rate
/// `PACKET_BYTES / delay` lets one packet pass at once and holds the next for exactly that delay. A
/// packet reaches class `n` by priority `1:n`. Classes have no burst: a microsecond of it would be
/// a microsecond too early.
public final class HtbQueue {
  /// The handle `1:` of the queue, whose classes are `1:1` on.
  static final int HANDLE = 1 << 16;

  /// What each packet counts. Large, so that the rate of a long delay, which the kernel takes in
  /// whole bytes per second, is exact: 60 s come out right to 0.2 ms. A power of two, so that the
  /// size table, which has 16-bit entries in units of a power of two, holds it exactly.
  public static final int PACKET_BYTES = 1 << 23;

  /// A class has a rate, so it cannot hold packets for no time at all.
  public static final long SHORTEST_NANOS = 1;

  /// The kernel forgets waiting times beyond this.
  public static final long LONGEST_NANOS = 60_000_000_000L;

  /// As many classes as the 16 bits of a class number allow, without the queue itself.
  public static final int MOST_CLASSES = 0xfffe;

  private static final int RTM_NEWQDISC = 36;
  private static final int RTM_NEWTCLASS = 40;
  private static final int TCA_HTB_PARMS = 1;
  private static final int TCA_HTB_INIT = 2;
  private static final int TCA_HTB_RATE64 = 6;
  private static final int TCA_HTB_CEIL64 = 7;
  private static final int HTB_VERSION = 3;
  private static final int RATE_TO_QUANTUM = 10;
  private static final int QUANTUM_BYTES = 200_000;
  private static final int LINKLAYER_ETHERNET = 1;

  private static final double LEEWAY = 1.001;
  private static final long LEAST_BUFFER_NANOS = 1_000_000;

  /// As `/proc/net/psched` says, since Linux 2.6.31.
  private static final long NANOS_PER_TICK = 64;

  /// Below the send buffer of a netlink socket, 208 KiB.
  private static final int BATCH_BYTES = 128 << 10;

  private HtbQueue() {}

  /// Puts the queue at the root of an interface. Packets of no class pass undelayed.
  public static void add(int ifindex) {
    add(ifindex, new SizeTable(1 << 20, 512, PACKET_BYTES));
  }

  static void add(int ifindex, SizeTable sizes) {
    NetlinkRequest request = root(ifindex);
    sizes.writeTo(request);
    Qdiscs.execute("adding htb to interface " + ifindex, request);
  }

  /// Puts a queue of another use at the root of an interface: packets count what they have, and
  /// each class is a line that sends one packet after the other.
  ///
  /// It lets a little more pass than is asked for, as what comes here has been admitted at the very
  /// rate already: so nothing piles up but what was let in to wait.
  ///
  /// @param lines leaf classes, numbered from one on
  /// @param burst what may pass at once, as the time that it takes otherwise
  public static void addLines(int ifindex, int lines, long bitsPerSecond, Duration burst) {
    long rate = Math.round(bitsPerSecond / 8.0 * LEEWAY);
    long buffer = Math.max(burst.toNanos(), LEAST_BUFFER_NANOS) / NANOS_PER_TICK;
    Qdiscs.execute("adding htb to interface " + ifindex, root(ifindex));
    try (NetlinkSocket socket = new NetlinkSocket()) {
      NetlinkRequest batch = new NetlinkRequest();
      for (int i = 1; i <= lines; i++) {
        int flags = Qdiscs.NLM_F_CREATE | Qdiscs.NLM_F_EXCL;
        writeClass(batch.message(RTM_NEWTCLASS, flags), ifindex, i, rate, Math.toIntExact(buffer));
      }
      socket.execute("adding htb classes of interface " + ifindex, batch);
    }
  }

  private static NetlinkRequest root(int ifindex) {
    NetlinkRequest request = Qdiscs.create(RTM_NEWQDISC, ifindex, HANDLE, Qdiscs.ROOT, "htb");
    request.attribute(Qdiscs.TCA_OPTIONS).attribute(TCA_HTB_INIT);
    return request.int32(HTB_VERSION).int32(RATE_TO_QUANTUM).int32(0).int32(0).int32(0).end().end();
  }

  /// Adds leaf classes, numbered from one on.
  ///
  /// @param first the number of the first, 1 to [#MOST_CLASSES]
  /// @param delaysNanos how long each holds its packet, [#SHORTEST_NANOS] to [#LONGEST_NANOS]
  public static void addClasses(int ifindex, int first, long[] delaysNanos) {
    writeClasses("adding", Qdiscs.NLM_F_CREATE | Qdiscs.NLM_F_EXCL, ifindex, first, delaysNanos);
  }

  /// Gives classes that are there other delays.
  public static void changeClasses(int ifindex, int first, long[] delaysNanos) {
    writeClasses("changing", 0, ifindex, first, delaysNanos);
  }

  private static void writeClasses(
      String verb, int flags, int ifindex, int first, long[] delaysNanos) {
    try (NetlinkSocket socket = new NetlinkSocket()) {
      String operation = verb + " htb classes of interface " + ifindex;
      NetlinkRequest batch = new NetlinkRequest();
      for (int i = 0; i < delaysNanos.length; i++) {
        long rate = bytesPerSecond(delaysNanos[i]);
        writeClass(batch.message(RTM_NEWTCLASS, flags), ifindex, first + i, rate, 0);
        if (batch.size() > BATCH_BYTES) {
          socket.execute(operation, batch);
          batch = new NetlinkRequest();
        }
      }
      if (batch.size() > 0) {
        socket.execute(operation, batch);
      }
    }
  }

  private static void writeClass(
      NetlinkRequest batch, int ifindex, int number, long rate, int bufferTicks) {
    Qdiscs.header(batch, ifindex, HANDLE | number, HANDLE);
    batch.attributeText(Qdiscs.TCA_KIND, "htb").attribute(Qdiscs.TCA_OPTIONS);
    batch.attribute64(TCA_HTB_RATE64, rate).attribute64(TCA_HTB_CEIL64, rate);
    batch.attribute(TCA_HTB_PARMS);
    writeRate(batch, rate);
    writeRate(batch, rate);
    batch.int32(bufferTicks).int32(bufferTicks).int32(QUANTUM_BYTES).int32(0).int32(0).end().end();
  }

  /// struct tc_ratespec: the kernel takes the 64-bit rate beside it, but wants one here too. With a
  /// link layer named it computes transmission times itself and needs no table of them.
  private static void writeRate(NetlinkRequest batch, long rate) {
    batch.int8(0).int8(LINKLAYER_ETHERNET).int16(0).int16(-1).int16(0);
    batch.int32((int) Math.min(rate, 0xffffffffL));
  }

  static long bytesPerSecond(long delayNanos) {
    if (delayNanos < SHORTEST_NANOS || delayNanos > LONGEST_NANOS) {
      throw new IllegalArgumentException("a delay of " + delayNanos + " ns is not in 1 ns to 60 s");
    }
    return Math.round(PACKET_BYTES * 1e9 / delayNanos);
  }
}
