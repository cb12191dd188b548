// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.chaosmesh;

import dev.squall.fault.Rate;
import dev.squall.unit.BitRate;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Rates as Chaos Mesh writes them: `10mbit`, or `1mbps`, which is bytes.
final class MeshRate {
  private static final Pattern PATTERN = Pattern.compile(" *([0-9]+) *([kmgt]?)(bit|bps) *");
  private static final String PREFIXES = "kmgt";

  private MeshRate() {}

  /// Reads a rate.
  ///
  /// @param field where it stands, for the message
  /// @param kilo how many bytes a kilobyte has; a kilobit is always 1,000 bits
  static BitRate parse(String field, String text, int kilo) {
    Matcher rate = PATTERN.matcher(text.toLowerCase(Locale.ROOT));
    if (!rate.matches()) {
      throw new IllegalArgumentException(
          "%s: \"%s\" is no rate; write a whole number and a unit, as in 10mbit or 1mbps"
              .formatted(field, text));
    }
    boolean bytes = rate.group(3).equals("bps");
    int power = rate.group(2).isEmpty() ? 0 : PREFIXES.indexOf(rate.group(2)) + 1;
    BigInteger bits =
        new BigInteger(rate.group(1))
            .multiply(BigInteger.valueOf(bytes ? kilo : 1000).pow(power))
            .multiply(BigInteger.valueOf(bytes ? 8 : 1));
    if (bits.compareTo(BigInteger.valueOf(Rate.SLOWEST.bitsPerSecond())) < 0
        || bits.compareTo(BigInteger.valueOf(Rate.FASTEST.bitsPerSecond())) > 0) {
      throw new IllegalArgumentException(
          "%s: \"%s\" is not possible here; a rate is from %s to %s"
              .formatted(field, text.strip(), Rate.SLOWEST, Rate.FASTEST));
    }
    return new BitRate(bits.longValueExact());
  }
}
