// SPDX-License-Identifier: Apache-2.0
package dev.squall.unit;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/// A rate of at least one bit per second, in the decimal units of `tc`.
public record BitRate(long bitsPerSecond) {

  /// Regular expression of what [#parse] reads.
  public static final String SYNTAX = Quantity.NUMBER + " ?(?:[kKmMgGtT]?[bB][iI][tT])";

  private static final List<String> UNITS = List.of("bit", "kbit", "mbit", "gbit", "tbit");

  public BitRate {
    if (bitsPerSecond < 1) {
      throw refused(bitsPerSecond + "bit");
    }
  }

  /// Reads `800bit`, `100kbit`, `1.5gbit`, in any case of letters; a kbit is 1,000 bits.
  public static BitRate parse(String text) {
    Quantity quantity = Quantity.of(text);
    int unit = quantity == null ? -1 : UNITS.indexOf(quantity.unit().toLowerCase(Locale.ROOT));
    Long bits = quantity == null || unit < 0 ? null : quantity.times(factor(unit));
    if (bits == null) {
      throw refused(text);
    }
    return new BitRate(bits);
  }

  /// The text that [#parse] reads, in the largest unit of which there is at least one: `1.5gbit`.
  @Override
  public String toString() {
    int unit = UNITS.size() - 1;
    while (bitsPerSecond < factor(unit)) {
      unit--;
    }
    BigDecimal number = BigDecimal.valueOf(bitsPerSecond).divide(BigDecimal.valueOf(factor(unit)));
    return Quantity.text(number) + UNITS.get(unit);
  }

  private static long factor(int unit) {
    long factor = 1;
    for (int i = 0; i < unit; i++) {
      factor *= 1_000;
    }
    return factor;
  }

  private static IllegalArgumentException refused(String text) {
    return new IllegalArgumentException(
        text
            + ": a rate is a whole number of bits per second, at least 1bit, as in 800bit, 100kbit,"
            + " 10mbit or 1.5gbit");
  }
}
