// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import java.time.Duration;

/// How far the delay of a packet strays from the latency.
///
/// Uniform: any delay from latency - amount to latency + amount is equally likely. Normal: amount
/// is the standard deviation, as in tc-netem(8). A normal delay that would be negative is 0, and
/// one above [Delay#LONGEST] is cut there; when the amount is not small beside the latency, cutting
/// at 0 therefore makes the mean longer than the latency (by 8 % of the amount when the two are
/// equal).
///
/// @param amount above 0
public record Jitter(Duration amount, Distribution distribution) {

  public Jitter {
    if (!amount.isPositive()) {
      throw new IllegalArgumentException("0s: jitter is longer than 0s, or there is none");
    }
  }
}
