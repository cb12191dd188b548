// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import dev.squall.unit.DurationText;
import dev.squall.unit.Percentage;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A share that changes evenly from the beginning of a fault on, and then stays.
///
/// @param from 0% to 100%
/// @param to the share of the fault
/// @param over from [#SHORTEST] to [#LONGEST]
public record Ramp(Percentage from, Percentage to, Duration over) {
  /// Regular expression of what [#parse] reads.
  public static final String SYNTAX =
      Percentage.SYNTAX + "\\.\\." + Percentage.SYNTAX + "/" + DurationText.SYNTAX;

  public static final Duration SHORTEST = Duration.ofSeconds(1);
  public static final Duration LONGEST = Duration.ofHours(24);

  private static final Pattern PARTS = Pattern.compile("(.+?)\\.\\.(.+?)/(.+)");

  public Ramp {
    if (over.compareTo(SHORTEST) < 0 || over.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "%s: a ramp takes from %s to %s"
              .formatted(
                  DurationText.format(over),
                  DurationText.format(SHORTEST),
                  DurationText.format(LONGEST)));
    }
  }

  /// Reads `0%..30%/60s`.
  public static Ramp parse(String text) {
    Matcher parts = PARTS.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          text + ": a ramp is two shares and a time, as in 0%..30%/60s");
    }
    return new Ramp(
        Percentage.parseWithZero(parts.group(1)),
        Percentage.parse(parts.group(2)),
        DurationText.parse(parts.group(3)));
  }

  /// Refuses a ramp that ends elsewhere than its fault.
  static void requireEnd(@Nullable Ramp ramp, Percentage share) {
    if (ramp != null && !ramp.to.equals(share)) {
      throw new IllegalArgumentException(
          "ramp %s: it ends at %s, and the share is %s: give the same"
              .formatted(ramp, ramp.to, share));
    }
  }

  /// The share in words, which is the ramp where there is one.
  static String text(@Nullable Ramp ramp, Percentage share) {
    return ramp == null ? share.toString() : ramp.toString();
  }

  /// The text that [#parse] reads.
  @Override
  public String toString() {
    return "%s..%s/%s".formatted(from, to, DurationText.format(over));
  }
}
