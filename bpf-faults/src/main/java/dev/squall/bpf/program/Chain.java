// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.program;

import dev.squall.bpf.abi.ChainMap;
import dev.squall.bpf.abi.FaultAbi;
import dev.squall.fault.FourStateLoss;
import dev.squall.fault.GilbertElliottLoss;

/// A Markov chain that begins in state 0 and steps once for each packet; the state that a step
/// leads to decides about the packet.
///
/// @param next from each state to each, every row with a sum of 1
/// @param hit the share of packets that are hit in each state
record Chain(double[][] next, double[] hit) {

  /// Good is state 0, bad is state 1.
  static Chain of(GilbertElliottLoss loss) {
    double p = loss.toBad().fraction();
    double r = loss.toGood().fraction();
    return new Chain(
        new double[][] {{1 - p, p, 0, 0}, {r, 1 - r, 0, 0}, {1, 0, 0, 0}, {1, 0, 0, 0}},
        new double[] {loss.lossInGood().fraction(), loss.lossInBad().fraction(), 0, 0});
  }

  /// State 1 hits. In the long run a share is hit.
  ///
  /// @param correlation of the decisions about two packets that follow each other
  static Chain correlated(double share, double correlation) {
    double toHit = share * (1 - correlation);
    double toMiss = (1 - share) * (1 - correlation);
    return new Chain(
        new double[][] {
          {1 - toHit, toHit, 0, 0}, {toMiss, 1 - toMiss, 0, 0}, {1, 0, 0, 0}, {1, 0, 0, 0}
        },
        new double[] {0, 1, 0, 0});
  }

  /// State n of the model is state n - 1. A single loss in a gap is followed by the gap.
  static Chain of(FourStateLoss loss) {
    double p13 = loss.p13().fraction();
    double p14 = loss.p14().fraction();
    double p31 = loss.p31().fraction();
    double p32 = loss.p32().fraction();
    double p23 = loss.p23().fraction();
    return new Chain(
        new double[][] {
          {1 - p13 - p14, 0, p13, p14},
          {0, 1 - p23, p23, 0},
          {p31, p32, 1 - p31 - p32, 0},
          {1, 0, 0, 0}
        },
        new double[] {0, 0, 1, 1});
  }

  /// @param index of the rule
  void write(ChainMap map, int index) {
    for (int state = 0; state < FaultAbi.STATES; state++) {
      long[] borders = new long[FaultAbi.STATES - 1];
      double sum = 0;
      for (int to = 0; to < borders.length; to++) {
        sum += next[state][to];
        borders[to] = DecisionKey.threshold(sum);
      }
      map.setNext(index, state, borders);
      map.setHit(index, state, DecisionKey.threshold(hit[state]));
    }
  }
}
