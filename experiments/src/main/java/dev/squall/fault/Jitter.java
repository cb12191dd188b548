// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import dev.squall.unit.Percentage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How far the delay of a packet strays from the latency.
///
/// Uniform: any delay from latency - amount to latency + amount is equally likely. Else the amount
/// is the standard deviation of the delays: a table is stretched or squeezed around its 0, which
/// stays at the latency. netem does not do so: with its own tables of pareto and paretonormal,
/// delays stray by 82 % and 83 % of what was asked for.
///
/// A delay that would be negative is 0, and one above [Delay#LONGEST] is cut there. Both make the
/// deviation smaller than the amount, and move the mean: normal delays whose amount is as large as
/// the latency have a mean that is longer by 8 % of the amount, and a deviation that is 13 %
/// smaller.
///
/// With a correlation ρ, the normal scores of the delays that a rule gives to its packets, one
/// after the other, are a first-order autoregression: z' = ρ z + √(1 - ρ²) ε. The distribution
/// stays what was asked for; netem's formula makes it narrower.
///
/// @param amount above 0
/// @param correlation above 0% and below 100%; null means that each delay is drawn for itself
public record Jitter(Duration amount, Distribution distribution, @Nullable Percentage correlation) {

  public Jitter {
    if (!amount.isPositive()) {
      throw new IllegalArgumentException("0s: jitter is longer than 0s, or there is none");
    }
    Correlation.requireFits(correlation, null);
  }

  /// Each delay is drawn for itself.
  public Jitter(Duration amount, Distribution distribution) {
    this(amount, distribution, null);
  }
}
