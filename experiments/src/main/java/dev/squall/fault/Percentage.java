// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import java.math.BigDecimal;

/// A share in hundredths, above 0% and at most 100%, with up to 9 digits after the point.
public record Percentage(BigDecimal value) {

  /// What a percentage looks like, as a regular expression.
  public static final String SYNTAX = Quantity.NUMBER + " ?%";

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private static final int FINEST_SCALE = 9;

  /// Equal shares are equal values, however many zeros were written.
  public Percentage {
    value = value.stripTrailingZeros();
    if (value.signum() <= 0 || value.compareTo(HUNDRED) > 0) {
      throw refused(Quantity.text(value) + "%");
    }
    if (value.scale() > FINEST_SCALE) {
      throw new IllegalArgumentException(
          "%s%%: a percentage has at most %d digits after the point"
              .formatted(Quantity.text(value), FINEST_SCALE));
    }
  }

  /// Reads `5%` or `0.01 %`.
  public static Percentage parse(String text) {
    Quantity quantity = Quantity.of(text);
    if (quantity == null || !(quantity.unit().isEmpty() || quantity.unit().equals("%"))) {
      throw refused(text);
    }
    if (quantity.unit().isEmpty()) {
      throw new IllegalArgumentException(
          "%s: a percentage is written with its sign, as in %s%%".formatted(text, text));
    }
    return new Percentage(quantity.number());
  }

  /// The share as a number above 0 and at most 1.
  public double fraction() {
    return value.movePointLeft(2).doubleValue();
  }

  /// The text that [#parse] reads: `5%`.
  @Override
  public String toString() {
    return Quantity.text(value) + "%";
  }

  private static IllegalArgumentException refused(String text) {
    return new IllegalArgumentException(
        text + ": a percentage is above 0% and at most 100%, as in 5% or 0.01%");
  }
}
