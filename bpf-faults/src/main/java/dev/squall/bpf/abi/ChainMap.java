// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.abi;

import java.lang.foreign.MemorySegment;

/// `squall_chains`: the Markov chains by which rules decide. Its index is that of `squall_rules`.
public final class ChainMap {
  public static final String NAME = "squall_chains";

  static final Struct CHAIN = new Struct("squall_chain");
  private static final Field NEXT = CHAIN.u64s("next", FaultAbi.STATES * (FaultAbi.STATES - 1));
  private static final Field HIT = CHAIN.u64s("hit", FaultAbi.STATES);

  private final MemorySegment memory;

  public ChainMap(MemorySegment memory) {
    this.memory = memory;
  }

  /// The state that a draw leads to: the number of borders that it is not below.
  ///
  /// @param state from which
  /// @param borders ascending, × 2^32: below the first to state 0, and so on
  public void setNext(int index, int state, long[] borders) {
    for (int i = 0; i < borders.length; i++) {
      NEXT.setLong(memory, index * CHAIN.size(), state * borders.length + i, borders[i]);
    }
  }

  /// @param threshold of the hits in a state
  public void setHit(int index, int state, long threshold) {
    HIT.setLong(memory, index * CHAIN.size(), state, threshold);
  }
}
