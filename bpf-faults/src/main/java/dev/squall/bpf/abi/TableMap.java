// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.abi;

import java.lang.foreign.MemorySegment;

/// `squall_table`: for each direction, which rules a value of an axis satisfies. A mask has bit n
/// set for rule n.
public final class TableMap {
  public static final String NAME = "squall_table";

  static final Struct TABLE = new Struct("squall_table");
  private static final Field RULES = TABLE.u64("rules");
  private static final Field EXEMPTING = TABLE.u64("exempting");
  private static final Field STAGE = TABLE.u64s("stage", FaultAbi.STAGES);
  private static final Field PER_SEGMENT = TABLE.u64("per_segment");
  private static final Field BY_QUESTION = TABLE.u64("by_question");
  private static final Field BY_SERVER = TABLE.u64("by_server");
  private static final Field BY_PLACE = TABLE.u64("by_place");
  private static final Field PROTOCOL = TABLE.u64s("protocol", FaultAbi.PROTOCOLS);
  private static final Field ANY_PEER = TABLE.u64("any_peer");
  private static final Field PORTLESS = TABLE.u64("portless");
  private static final Field FLAGLESS = TABLE.u64("flagless");
  private static final Field AXES = TABLE.u32("axes");
  private static final Field LINK_HEADER = TABLE.u32("link_header");
  private static final Field PEER_PORT = TABLE.u64s("peer_port", FaultAbi.PORT_CLASSES);
  private static final Field LOCAL_PORT = TABLE.u64s("local_port", FaultAbi.PORT_CLASSES);
  private static final Field TCP_FLAGS = TABLE.u64s("tcp_flags", 256);

  private final MemorySegment memory;
  private final long base;

  /// A view of one direction.
  ///
  /// @param direction EGRESS or INGRESS of `FaultAbi`
  public TableMap(MemorySegment memory, int direction) {
    this.memory = memory;
    this.base = direction * TABLE.size();
  }

  /// The rules in force. Stored last when rules are added, first when they are removed.
  public void publishRules(long mask) {
    RULES.publish(memory, base, mask);
  }

  public void setExempting(long mask) {
    EXEMPTING.setLong(memory, base, mask);
  }

  public void setStage(int stage, long mask) {
    STAGE.setLong(memory, base, stage, mask);
  }

  /// Rules that decide on wire segments.
  public void setPerSegment(long mask) {
    PER_SEGMENT.setLong(memory, base, mask);
  }

  /// Rules that ask for names in answers of DNS, for server names in TLS, for a place in the flow.
  public void setFlows(long byQuestion, long byServer, long byPlace) {
    BY_QUESTION.setLong(memory, base, byQuestion);
    BY_SERVER.setLong(memory, base, byServer);
    BY_PLACE.setLong(memory, base, byPlace);
  }

  public void setProtocol(int protocol, long mask) {
    PROTOCOL.setLong(memory, base, protocol, mask);
  }

  /// Rules without peers, without ports, without flags: any value satisfies them.
  public void setIndifferent(long toPeer, long toPorts, long toFlags) {
    ANY_PEER.setLong(memory, base, toPeer);
    PORTLESS.setLong(memory, base, toPorts);
    FLAGLESS.setLong(memory, base, toFlags);
  }

  public void setAxes(int axes) {
    AXES.setInt(memory, base, axes);
  }

  /// Where packets begin.
  ///
  /// @param bytes before the IP header: 14, or 0 on a device without Ethernet header
  public void setLinkHeader(int bytes) {
    LINK_HEADER.setInt(memory, base, bytes);
  }

  public void setPeerPort(int portClass, long mask) {
    PEER_PORT.setLong(memory, base, portClass, mask);
  }

  public void setLocalPort(int portClass, long mask) {
    LOCAL_PORT.setLong(memory, base, portClass, mask);
  }

  public void setTcpFlags(int flags, long mask) {
    TCP_FLAGS.setLong(memory, base, flags, mask);
  }
}
