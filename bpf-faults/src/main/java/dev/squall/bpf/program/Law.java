// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.program;

import dev.squall.bpf.abi.ChainMap;
import dev.squall.bpf.abi.RuleMap;
import dev.squall.fault.Ramp;
import dev.squall.unit.Percentage;
import org.jspecify.annotations.Nullable;

/// How a rule decides which packets it hits.
///
/// @param kind INDEPENDENT and so on of `RuleMap`
/// @param probability of a hit where the kind draws one
/// @param parameter of the kind
/// @param chain for CHAIN
/// @param ramp by which the probability comes about, null where it is there at once
record Law(
    int kind, double probability, int parameter, @Nullable Chain chain, @Nullable Ramp ramp) {
  static final Law ALWAYS = new Law(RuleMap.INDEPENDENT, 1, 0, null, null);

  static Law independent(Percentage probability) {
    return independent(probability, null);
  }

  static Law independent(Percentage probability, @Nullable Ramp ramp) {
    return new Law(RuleMap.INDEPENDENT, probability.fraction(), 0, null, ramp);
  }

  /// @param correlation null means that each packet is decided on for itself
  static Law of(Percentage probability, @Nullable Ramp ramp, @Nullable Percentage correlation) {
    return correlation == null
        ? independent(probability, ramp)
        : chain(Chain.correlated(probability.fraction(), correlation.fraction()));
  }

  /// @param gap at least so many packets from one hit to the next
  static Law gap(Percentage probability, int gap) {
    return gap == 1
        ? independent(probability)
        : new Law(RuleMap.GAP, probability.fraction(), gap, null, null);
  }

  static Law every(int count) {
    return new Law(RuleMap.EVERY, 0, count, null, null);
  }

  /// @param bytes of the largest IP packet that is not hit
  static Law largerThan(int bytes) {
    return new Law(RuleMap.LARGER, 0, bytes, null, null);
  }

  static Law chain(Chain chain) {
    return new Law(RuleMap.CHAIN, 0, 0, chain, null);
  }

  /// Writes the chain, if there is one.
  ///
  /// @param index of the rule
  void writeChain(ChainMap map, int index) {
    if (chain != null) {
      chain.write(map, index);
    }
  }

  /// Whether a decision depends on those before.
  boolean remembers() {
    return kind == RuleMap.EVERY || kind == RuleMap.CHAIN || kind == RuleMap.GAP;
  }
}
