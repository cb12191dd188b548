// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.abi;

import java.lang.foreign.MemorySegment;

/// What the programs note of packets that are away: `squall_waiting`, which only they write.
public final class WaitingSlots {
  private static final Field DEPARTURE_NS = field("departure_ns");
  private static final Field BUSY_UNTIL_NS = field("busy_until_ns");
  private static final Field ENTERED_NS = field("entered_ns");
  private static final Field PENDING = field("pending");
  private static final Field MARK = field("mark");
  private static final Field RULE = field("rule");

  private final MemorySegment memory;

  public WaitingSlots(MemorySegment memory) {
    this.memory = memory;
  }

  private static Field field(String name) {
    return LineMaps.WAITING.fields().stream()
        .filter(field -> field.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static long at(int slot) {
    return slot * LineMaps.WAITING.size();
  }

  public long departureNanos(int slot) {
    return DEPARTURE_NS.observe(memory, at(slot));
  }

  public long busyUntilNanos(int slot) {
    return BUSY_UNTIL_NS.observe(memory, at(slot));
  }

  public long enteredNanos(int slot) {
    return ENTERED_NS.observe(memory, at(slot));
  }

  public void setEnteredNanos(int slot, long nanos) {
    ENTERED_NS.setLong(memory, at(slot), nanos);
  }

  public void setBusyUntilNanos(int slot, long nanos) {
    BUSY_UNTIL_NS.setLong(memory, at(slot), nanos);
  }

  public long pending(int slot) {
    return PENDING.observe(memory, at(slot));
  }

  public void setPending(int slot, long rules) {
    PENDING.setLong(memory, at(slot), rules);
  }

  public int mark(int slot) {
    return MARK.observeInt(memory, at(slot));
  }

  public void setMark(int slot, int mark) {
    MARK.setInt(memory, at(slot), mark);
  }

  public int rule(int slot) {
    return RULE.observeInt(memory, at(slot));
  }

  public void setRule(int slot, int rule) {
    RULE.setInt(memory, at(slot), rule);
  }
}
