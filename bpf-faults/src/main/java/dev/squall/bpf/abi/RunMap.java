// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.abi;

import java.lang.foreign.MemorySegment;

/// `squall_run`: gate, lease and registry entry of one process on one interface.
public final class RunMap {
  public static final String NAME = "squall_run";

  public static final int GOES_ON = 0;
  public static final int ASKED_TO_STOP = 1;
  public static final int PACKETS_SPENT = 2;
  public static final int FLOWS_SPENT = 3;
  public static final int SHARE_SPENT = 4;

  static final Struct EXPERIMENT = new Struct("squall_experiment");
  private static final Field NOT_BEFORE = EXPERIMENT.u64("not_before");
  private static final Field DEADLINE = EXPERIMENT.u64("deadline");
  private static final Field STOP = EXPERIMENT.u32("stop");
  private static final Field MOST_FLOWS = EXPERIMENT.u32("most_flows");
  private static final Field MOST_PACKETS = EXPERIMENT.u64("most_packets");
  private static final Field PACKETS = EXPERIMENT.u64("packets");
  private static final Field MOST_SHARE = EXPERIMENT.u64("most_share");
  private static final Field SHARE_WINDOW = EXPERIMENT.u64("share_window");
  private static final Field ID = EXPERIMENT.bytes("id", 16);
  private static final Field COMMAND = EXPERIMENT.bytes("command", 200);

  static final Struct RUN = new Struct("squall_run");
  private static final Field ARMED = RUN.u64("armed");
  private static final Field LEASE_UNTIL = RUN.u64("lease_until");
  private static final Field ABI = RUN.u32("abi");
  private static final Field OWNER = RUN.u32("owner");
  private static final Field PID = RUN.u32("pid");
  private static final Field IFINDEX = RUN.u32("ifindex");
  private static final Field SPLITTER = RUN.u32("splitter");
  private static final Field PID_START;
  private static final Field NETNS;
  private static final Field CLOCK_JIFFIES;
  private static final Field CLOCK_NS;
  private static final Field NAMELESS;
  private static final Field PLACE;
  private static final Field EXPERIMENTS;

  static {
    RUN.u32("reserved");
    PID_START = RUN.u64("pid_start");
    NETNS = RUN.u64("netns");
    CLOCK_JIFFIES = RUN.u64("clock_jiffies");
    CLOCK_NS = RUN.u64("clock_ns");
    RUN.u64("copies");
    NAMELESS = RUN.u64("nameless");
    PLACE = RUN.bytes("place", 64);
    EXPERIMENTS = RUN.structs("experiments", EXPERIMENT, FaultAbi.EXPERIMENTS);
  }

  private final MemorySegment memory;

  /// A view of the map's only value.
  public RunMap(MemorySegment memory) {
    this.memory = memory;
  }

  /// Bytes of the value, by which a map of another version is told apart.
  public static long size() {
    return RUN.size();
  }

  /// Flows whose server's name could not be read.
  public long nameless() {
    return NAMELESS.observe(memory, 0);
  }

  /// Says where packets are split.
  ///
  /// @param ifindex of the near end of the device
  public void setSplitter(int ifindex) {
    SPLITTER.setInt(memory, 0, ifindex);
  }

  /// Who runs this, where.
  ///
  /// @param owner 1 to 65535: the number in the marks of packets that come back
  /// @param pidStart field 22 of `/proc/PID/stat`, which tells a process from a later one of its
  ///   pid
  /// @param netns the inode of the target's network namespace
  /// @param place the target in words, at most 63 bytes
  public record Identity(
      int owner, int pid, long pidStart, int ifindex, long netns, String place) {}

  public void setIdentity(Identity identity) {
    ABI.setInt(memory, 0, FaultAbi.VERSION);
    OWNER.setInt(memory, 0, identity.owner());
    PID.setInt(memory, 0, identity.pid());
    PID_START.setLong(memory, 0, identity.pidStart());
    IFINDEX.setInt(memory, 0, identity.ifindex());
    NETNS.setLong(memory, 0, identity.netns());
    PLACE.setText(memory, 0, identity.place());
  }

  public Identity identity() {
    return new Identity(
        OWNER.getInt(memory, 0),
        PID.getInt(memory, 0),
        PID_START.getLong(memory, 0),
        IFINDEX.getInt(memory, 0),
        NETNS.getLong(memory, 0),
        PLACE.getText(memory, 0));
  }

  public int abi() {
    return ABI.getInt(memory, 0);
  }

  /// Bit n: experiment n. One store of this starts or ends a fault.
  public void setArmed(long experiments) {
    ARMED.publish(memory, 0, experiments);
  }

  public long armed() {
    return ARMED.observe(memory, 0);
  }

  /// In jiffies. Allocates nothing.
  public void setLeaseUntil(long jiffies) {
    LEASE_UNTIL.publish(memory, 0, jiffies);
  }

  public long leaseUntil() {
    return LEASE_UNTIL.observe(memory, 0);
  }

  public long clockJiffies() {
    return CLOCK_JIFFIES.observe(memory, 0);
  }

  public long clockNanos() {
    return CLOCK_NS.observe(memory, 0);
  }

  /// Names experiment n.
  public void setExperiment(int n, String id, String command) {
    STOP.setInt(memory, at(n), 0);
    ID.setText(memory, at(n), id);
    COMMAND.setText(memory, at(n), command);
  }

  /// What may be hit; 0 is no limit.
  ///
  /// @param share of what matches, × 2^32
  /// @param window in jiffies, over which the share is counted; 0 is no limit
  public record Limits(long packets, int flows, long share, long window) {}

  public void setLimits(int n, Limits limits) {
    MOST_PACKETS.setLong(memory, at(n), limits.packets());
    MOST_FLOWS.setInt(memory, at(n), limits.flows());
    MOST_SHARE.setLong(memory, at(n), limits.share());
    SHARE_WINDOW.setLong(memory, at(n), limits.window());
    PACKETS.setLong(memory, at(n), 0);
  }

  /// In jiffies; the fault is off before the first and from the second on.
  public void setWindow(int n, long notBefore, long deadline) {
    NOT_BEFORE.setLong(memory, at(n), notBefore);
    DEADLINE.setLong(memory, at(n), deadline);
  }

  /// In jiffies; may be written while the fault is on.
  public void setDeadline(int n, long deadline) {
    DEADLINE.publish(memory, at(n), deadline);
  }

  /// Empty when there is no such experiment.
  public String id(int n) {
    return ID.getText(memory, at(n));
  }

  public String command(int n) {
    return COMMAND.getText(memory, at(n));
  }

  public long deadline(int n) {
    return DEADLINE.observe(memory, at(n));
  }

  /// The programs obey at once, the owner at its next look.
  public void stop(int n) {
    STOP.publishInt(memory, at(n), ASKED_TO_STOP);
  }

  /// GOES_ON, or why the kernel lets experiment n do nothing any more.
  public int stopped(int n) {
    return STOP.observeInt(memory, at(n));
  }

  private static long at(int n) {
    return EXPERIMENTS.offset() + n * EXPERIMENT.size();
  }
}
