// SPDX-License-Identifier: Apache-2.0
package dev.squall.unit;

import java.math.BigDecimal;

/// A share in hundredths, from 0% to 100%, with up to 9 digits after the point.
public record Percentage(BigDecimal value) {

  /// What a percentage looks like, as a regular expression.
  public static final String SYNTAX = Quantity.NUMBER + " ?%";

  public static final Percentage NONE = new Percentage(BigDecimal.ZERO);
  public static final Percentage ALL = new Percentage(BigDecimal.valueOf(100));

  private static final int FINEST_SCALE = 9;

  /// Equal shares are equal values, however many zeros were written.
  public Percentage {
    value = value.stripTrailingZeros();
    if (value.signum() < 0 || value.compareTo(BigDecimal.valueOf(100)) > 0) {
      throw new IllegalArgumentException(
          "%s%%: a percentage is from 0%% to 100%%".formatted(Quantity.text(value)));
    }
    if (value.scale() > FINEST_SCALE) {
      throw new IllegalArgumentException(
          "%s%%: a percentage has at most %d digits after the point"
              .formatted(Quantity.text(value), FINEST_SCALE));
    }
  }

  /// Reads `5%` or `0.01 %`, above 0% and at most 100%.
  public static Percentage parse(String text) {
    return parse(text, false);
  }

  /// Reads `5%` or `0%`.
  public static Percentage parseWithZero(String text) {
    return parse(text, true);
  }

  private static Percentage parse(String text, boolean zero) {
    Quantity quantity = Quantity.of(text);
    if (quantity == null
        || !(quantity.unit().isEmpty() || quantity.unit().equals("%"))
        || quantity.number().compareTo(ALL.value) > 0
        || (quantity.number().signum() == 0 && !zero)) {
      throw new IllegalArgumentException(
          "%s: a percentage is %s, as in 5%% or 0.01%%"
              .formatted(text, zero ? "from 0% to 100%" : "above 0% and at most 100%"));
    }
    if (quantity.unit().isEmpty()) {
      throw new IllegalArgumentException(
          "%s: a percentage is written with its sign, as in %s%%".formatted(text, text));
    }
    return new Percentage(quantity.number());
  }

  public boolean isZero() {
    return value.signum() == 0;
  }

  /// @param what this is the share of, for the message
  public void requirePositive(String what) {
    if (isZero()) {
      throw new IllegalArgumentException("0%%: %s is above 0%%".formatted(what));
    }
  }

  /// @param what the two are, for the message when together they are more than all
  public Percentage plus(Percentage other, String what) {
    BigDecimal sum = value.add(other.value);
    if (sum.compareTo(ALL.value) > 0) {
      throw new IllegalArgumentException(
          "%s are together %s%%, and at most 100%% is possible"
              .formatted(what, Quantity.text(sum)));
    }
    return new Percentage(sum);
  }

  /// The share as a number from 0 to 1.
  public double fraction() {
    return value.movePointLeft(2).doubleValue();
  }

  /// The text that [#parse] reads: `5%`.
  @Override
  public String toString() {
    return Quantity.text(value) + "%";
  }
}
