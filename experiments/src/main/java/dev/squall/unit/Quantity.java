// SPDX-License-Identifier: Apache-2.0
package dev.squall.unit;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A decimal number and the unit written behind it.
record Quantity(BigDecimal number, String unit) {

  /// What such a number looks like, as a regular expression: no sign, no exponent.
  static final String NUMBER = "[0-9]{1,19}(?:\\.[0-9]{1,18})?";

  private static final Pattern PATTERN = Pattern.compile("(" + NUMBER + ") ?([A-Za-z%]*)");

  /// The number and the unit, which is empty when none is written; null when this is no quantity.
  static @Nullable Quantity of(String text) {
    Matcher matcher = PATTERN.matcher(text);
    return matcher.matches()
        ? new Quantity(new BigDecimal(matcher.group(1)), matcher.group(2))
        : null;
  }

  /// The value in the smallest unit, of which the given one holds `factor`; null when it is no
  /// whole number of at least one, or too large for a long.
  @Nullable Long times(long factor) {
    BigDecimal value = number.multiply(BigDecimal.valueOf(factor));
    boolean whole = value.stripTrailingZeros().scale() <= 0;
    boolean inRange =
        value.signum() > 0 && value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
    return whole && inRange ? value.longValueExact() : null;
  }

  /// The number without trailing zeros or exponent.
  static String text(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
