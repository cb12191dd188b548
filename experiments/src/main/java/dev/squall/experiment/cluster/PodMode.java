// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.cluster;

/// How many of the pods that fit are chosen. Which ones, chance decides, by the experiment's seed.
public sealed interface PodMode {

  /// How many of so many pods.
  ///
  /// @param drawn from 0, inclusive, to 1, exclusive: what chance says where it has a say
  int of(int pods, double drawn);

  record All() implements PodMode {
    @Override
    public int of(int pods, double drawn) {
      return pods;
    }
  }

  record One() implements PodMode {
    @Override
    public int of(int pods, double drawn) {
      return Math.min(1, pods);
    }
  }

  /// So many, or all if there are not as many.
  record Fixed(int count) implements PodMode {
    public Fixed {
      if (count < 1) {
        throw new IllegalArgumentException(count + ": a number of pods is at least 1");
      }
    }

    @Override
    public int of(int pods, double drawn) {
      return Math.min(count, pods);
    }
  }

  /// A share of the pods, rounded up.
  record FixedPercent(int percent) implements PodMode {
    public FixedPercent {
      requirePercent(percent);
    }

    @Override
    public int of(int pods, double drawn) {
      return (int) Math.ceilDiv((long) pods * percent, 100L);
    }
  }

  /// A share that chance draws from 0 to so many percent, rounded down: it may be no pod at all.
  record RandomMaxPercent(int percent) implements PodMode {
    public RandomMaxPercent {
      requirePercent(percent);
    }

    @Override
    public int of(int pods, double drawn) {
      int share = (int) (drawn * (percent + 1));
      return (int) ((long) pods * share / 100);
    }
  }

  private static void requirePercent(int percent) {
    if (percent < 1 || percent > 100) {
      throw new IllegalArgumentException(percent + ": a percentage of pods is from 1 to 100");
    }
  }
}
