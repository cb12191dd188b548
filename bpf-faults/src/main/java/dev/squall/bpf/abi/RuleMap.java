// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.abi;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.squall.bpf.libbpf.BpfMap;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// `squall_rules`: what each rule does. Its index is direction × 64 + bit.
public final class RuleMap {
  public static final String NAME = "squall_rules";

  static final Struct RULE = new Struct("squall_rule");
  private static final Field KEY = RULE.u64("key");
  private static final Field THRESHOLD = RULE.u64("threshold");
  private static final Field CLEARS = RULE.u64("clears");
  private static final Field FAULT = RULE.u32("fault");
  private static final Field FLAGS = RULE.u32("flags");
  private static final Field EXPERIMENT = RULE.u32("experiment");
  private static final Field MODE = RULE.u32("mode");
  private static final Field FIRST_GROUP = RULE.u32("first_group");
  private static final Field GROUPS = RULE.u32("groups");
  private static final Field SHAPE = RULE.u32("shape");
  private static final Field AUDIT_MASK = RULE.u32("audit_mask");
  private static final Field LAW = RULE.u32("law");
  private static final Field PARAMETER = RULE.u32("parameter");
  private static final Field CORRELATION = RULE.u32("correlation");
  private static final Field INNOVATION = RULE.u32("innovation");
  private static final Field AFTER = RULE.u64("after");
  private static final Field FIRST = RULE.u64("first");
  private static final Field RAMP_FROM = RULE.u64("ramp_from");
  private static final Field RAMP = RULE.u64("ramp");

  public static final int EXEMPT = 0;
  public static final int LOSS = 1;
  public static final int RESET = 2;
  public static final int PARTITION = 3;
  public static final int DELAY = 4;
  public static final int CORRUPT = 5;
  public static final int DUPLICATE = 6;
  public static final int RATE = 7;
  public static final int DNS = 8;

  public static final int INDEPENDENT = 0;
  public static final int EVERY = 1;
  public static final int CHAIN = 2;
  public static final int LARGER = 3;
  public static final int GAP = 4;

  public static final int PER_FLOW = 1;
  public static final int DRY_RUN = 2;
  public static final int KEEP_ORDER = 4;
  public static final int PER_SEGMENT = 8;
  public static final int AFTER_BYTES = 16;
  public static final int FIRST_BYTES = 32;
  public static final int BY_SHARE = 64;

  public static final int RESET_SENDER = 1;
  public static final int RESET_RECEIVER = 2;
  public static final int DROP = 0;
  public static final int REJECT = 1;
  public static final int DETECTABLE = 0;
  public static final int SILENT = 1;

  private final MemorySegment memory;

  public RuleMap(MemorySegment memory) {
    this.memory = memory;
  }

  /// What a fault does when its turn comes.
  ///
  /// @param fault LOSS and so on
  /// @param flags PER_FLOW and so on, or-ed
  /// @param mode RESET_SENDER and so on, DROP or REJECT, DETECTABLE or SILENT, an RCODE of DNS
  /// @param waits where a delay's packets wait
  public record Action(int fault, int flags, int mode, Waits waits) {}

  /// Where the packets of a delay or a rate wait.
  ///
  /// @param groups a power of two; of a delay, more than one: each is one step of the law; of a
  ///   rate, one for each direction
  /// @param shape 0: a group's own delay; else `squall_shapes` shape - 1
  /// @param correlation of the normal scores of delays that follow each other: from 0, below 1
  public record Waits(int firstGroup, int groups, int shape, double correlation) {
    public static final Waits NOWHERE = new Waits(0, 0, 0, 0);

    /// What is new in each score, so that their variance stays 1.
    private double innovation() {
      return Math.sqrt(1 - correlation * correlation);
    }
  }

  /// How a rule decides.
  ///
  /// @param key the seed of its own sequence of decisions
  /// @param law INDEPENDENT and so on
  /// @param threshold hit when a draw of 32 bits is below: probability × 2^32
  /// @param parameter of the law
  /// @param clears for EXEMPT: the rules that lose the packet
  /// @param auditMask a hit whose number has none of these bits is recorded
  public record Decision(
      long key, int law, long threshold, int parameter, long clears, int auditMask) {}

  public void set(int index, int experiment, Action action, Decision decision) {
    long base = index * RULE.size();
    KEY.setLong(memory, base, decision.key());
    THRESHOLD.setLong(memory, base, decision.threshold());
    CLEARS.setLong(memory, base, decision.clears());
    FAULT.setInt(memory, base, action.fault());
    FLAGS.setInt(memory, base, action.flags());
    EXPERIMENT.setInt(memory, base, experiment);
    MODE.setInt(memory, base, action.mode());
    FIRST_GROUP.setInt(memory, base, action.waits().firstGroup());
    GROUPS.setInt(memory, base, action.waits().groups());
    SHAPE.setInt(memory, base, action.waits().shape());
    CORRELATION.setInt(memory, base, fixed(action.waits().correlation()));
    INNOVATION.setInt(memory, base, fixed(action.waits().innovation()));
    AUDIT_MASK.setInt(memory, base, decision.auditMask());
    LAW.setInt(memory, base, decision.law());
    PARAMETER.setInt(memory, base, decision.parameter());
  }

  private static int fixed(double part) {
    return (int) Math.round(part * (1 << 16));
  }

  /// Whether a rule does something to a share of its packets.
  ///
  /// @param fault LOSS and so on
  public boolean isByShare(int index, int fault) {
    long base = index * RULE.size();
    return (FLAGS.getInt(memory, base) & BY_SHARE) != 0 && FAULT.getInt(memory, base) == fault;
  }

  /// Changes the threshold, in force from the next packet on.
  public void adjust(int index, long threshold) {
    THRESHOLD.publish(memory, index * RULE.size(), threshold);
    RAMP.publish(memory, index * RULE.size(), 0);
  }

  /// What the draws of a rule have to be below, without the map in memory.
  public static long threshold(BpfMap rules, int index) {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment rule = call.allocate(RULE.size(), Long.BYTES);
      rules.lookup(call.allocateFrom(JAVA_INT, index), rule);
      return THRESHOLD.getLong(rule, 0);
    }
  }

  /// How a threshold comes about.
  ///
  /// @param from the first one
  /// @param jiffies until it is that of the decision
  public void setRamp(int index, long from, long jiffies) {
    RAMP_FROM.setLong(memory, index * RULE.size(), from);
    RAMP.setLong(memory, index * RULE.size(), jiffies);
  }

  /// Which place in its flow a packet needs: behind so much, and within so much; 0 asks for
  /// nothing. The flags of the action say whether that is bytes.
  public void setPlace(int index, long after, long first) {
    AFTER.setLong(memory, index * RULE.size(), after);
    FIRST.setLong(memory, index * RULE.size(), first);
  }
}
