// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import dev.squall.target.Direction;
import dev.squall.target.Target;

/// What one fault did in one direction on one interface.
///
/// @param direction egress or ingress, never both
public record RuleReport(
    Fault fault,
    Direction direction,
    Target target,
    String networkInterface,
    Counters counters,
    DelayHistogram delays) {

  public RuleReport {
    if (direction == Direction.BOTH) {
      throw new IllegalArgumentException("a rule works in one direction: egress or ingress");
    }
  }
}
