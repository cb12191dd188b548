// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment;

import dev.squall.unit.DurationText;
import dev.squall.unit.Percentage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How much an experiment may hit before the kernel ends it, on each interface for itself.
///
/// @param packets hits of all faults together, from 1 to [#MOST_PACKETS]; null means any number
/// @param flows different flows that are hit, from 1 to [#MOST_FLOWS]; the next one ends it; null
///   means any number
/// @param share that no fault may exceed; null means any
public record Budget(@Nullable Long packets, @Nullable Integer flows, @Nullable ShareLimit share) {

  public static final Budget UNLIMITED = new Budget(null, null, null);

  public static final long MOST_PACKETS = 1_000_000_000_000L;
  public static final int MOST_FLOWS = 1_000_000;

  public Budget {
    if (packets != null && (packets < 1 || packets > MOST_PACKETS)) {
      throw new IllegalArgumentException(
          "%d: a budget is from 1 to %,d packets".formatted(packets, MOST_PACKETS));
    }
    if (flows != null && (flows < 1 || flows > MOST_FLOWS)) {
      throw new IllegalArgumentException(
          "%d: a budget is from 1 to %,d flows".formatted(flows, MOST_FLOWS));
    }
  }

  /// The limits in words: `1000 packets`.
  public List<String> limits() {
    List<String> limits = new ArrayList<>();
    if (packets != null) {
      limits.add(packets + " packets");
    }
    if (flows != null) {
      limits.add(flows + " flows");
    }
    if (share != null) {
      limits.add(share.toString());
    }
    return limits;
  }

  /// A share of the packets that match, judged at the end of each window.
  ///
  /// @param share of the packets that match a fault
  /// @param window from [#SHORTEST] to [#LONGEST]
  public record ShareLimit(Percentage share, Duration window) {
    /// Regular expression of what [#parse] reads.
    public static final String SYNTAX = Percentage.SYNTAX + "/" + DurationText.SYNTAX;

    public static final Duration SHORTEST = Duration.ofSeconds(1);
    public static final Duration LONGEST = Duration.ofHours(1);

    public ShareLimit {
      share.requirePositive("budget");
      if (window.compareTo(SHORTEST) < 0 || window.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "%s: a budget counts over %s to %s"
                .formatted(
                    DurationText.format(window),
                    DurationText.format(SHORTEST),
                    DurationText.format(LONGEST)));
      }
    }

    /// Reads `5%/10s`.
    public static ShareLimit parse(String text) {
      String[] parts = text.split("/", -1);
      if (parts.length != 2) {
        throw new IllegalArgumentException(
            text + ": such a budget is a share and a time, as in 5%/10s");
      }
      return new ShareLimit(Percentage.parse(parts[0]), DurationText.parse(parts[1]));
    }

    /// The text that [#parse] reads.
    @Override
    public String toString() {
      return share + "/" + DurationText.format(window);
    }
  }
}
