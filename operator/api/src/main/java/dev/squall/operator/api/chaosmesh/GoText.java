// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.chaosmesh;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Numbers and durations as Go's standard library reads them.
final class GoText {
  private static final String NUMBER = "(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)";
  private static final Pattern DECIMAL = Pattern.compile("[-+]?" + NUMBER + "(?:[eE][-+]?[0-9]+)?");
  private static final Pattern PART = Pattern.compile("(" + NUMBER + ")(ns|us|µs|μs|ms|s|m|h)");
  private static final Pattern DURATION =
      Pattern.compile("([-+]?)(0|(?:" + NUMBER + "(?:ns|us|µs|μs|ms|s|m|h))+)");
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "μs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private GoText() {}

  /// Reads `25`, `.5`, `1e2`.
  ///
  /// @param field where it stands, for the message
  static BigDecimal number(String field, String text) {
    double number = DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException(
          "%s: \"%s\" is no number; write one as in \"25\" or \"0.5\"".formatted(field, text));
    }
    return BigDecimal.valueOf(number);
  }

  /// Reads `100ms`, `1m30s`, `-5s`, `0`.
  ///
  /// @param field where it stands, for the message
  static Duration duration(String field, String text) {
    Matcher duration = DURATION.matcher(text);
    if (!duration.matches()) {
      throw refused(field, text);
    }
    BigDecimal nanos = BigDecimal.ZERO;
    Matcher part = PART.matcher(duration.group(2));
    while (part.find()) {
      BigDecimal unit = BigDecimal.valueOf(NANOS.getOrDefault(part.group(2), 0L));
      nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit));
    }
    if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw refused(field, text);
    }
    Duration length = Duration.ofNanos(nanos.setScale(0, RoundingMode.DOWN).longValueExact());
    return duration.group(1).equals("-") ? length.negated() : length;
  }

  private static IllegalArgumentException refused(String field, String text) {
    return new IllegalArgumentException(
        "%s: \"%s\" is no duration; write a number with its unit (h, m, s, ms, us, ns), as in 1m30s"
            .formatted(field, text));
  }
}
