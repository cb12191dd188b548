// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import dev.squall.target.Direction;
import dev.squall.unit.Percentage;
import org.jspecify.annotations.Nullable;

/// One bit of a packet's payload is flipped; headers stay as they are.
///
/// @param ramp null means the same share from the beginning on
/// @param correlation null means that each packet is decided on for itself, see [Correlation]
public record Corrupt(
    Percentage probability, CorruptMode mode, @Nullable Ramp ramp, @Nullable Percentage correlation)
    implements Fault, ByShare {

  public Corrupt {
    probability.requirePositive("the share of corrupted packets");
    Ramp.requireEnd(ramp, probability);
    Correlation.requireFits(correlation, ramp);
  }

  /// Each packet decided on for itself.
  public Corrupt(Percentage probability, CorruptMode mode, @Nullable Ramp ramp) {
    this(probability, mode, ramp, null);
  }

  /// Always the same share.
  public Corrupt(Percentage probability, CorruptMode mode) {
    this(probability, mode, null, null);
  }

  @Override
  public Corrupt withShare(Percentage share) {
    return new Corrupt(share, mode);
  }

  @Override
  public Direction defaultDirection() {
    return Direction.EGRESS;
  }

  @Override
  public String name() {
    return "corrupt";
  }

  @Override
  public String describe() {
    return "%s %s %s%s"
        .formatted(name(), Ramp.text(ramp, probability), mode, Correlation.text(correlation));
  }
}
