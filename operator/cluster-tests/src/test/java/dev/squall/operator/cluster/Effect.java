// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import static org.assertj.core.api.Assertions.within;

import dev.squall.operator.cluster.BeaconLog.Heard;
import java.time.Duration;
import org.assertj.core.api.SoftAssertions;

/// What a fault does to a link.
///
/// @param loss the share of packets that do not arrive, 0 to 1
/// @param duplicates the share of the others that arrive twice, 0 to 1
/// @param delay of each packet
/// @param broken whether those that do not arrive come with a wrong checksum
/// @param bitsPerSecond what arrives of all links of a sender together; 0: as much as is sent
record Effect(
    double loss, double duplicates, Duration delay, boolean broken, double bitsPerSecond) {
  static final Effect NONE = new Effect(0, 0, Duration.ZERO, false, 0);

  /// A busy machine may be so late with each of some packets.
  private static final Duration LATE = Duration.ofMillis(200);

  private static final int ENOUGH = 3;
  private static final double HALF = 0.5;

  /// A share is farther from the one that was asked for by chance on one of 150,000 links.
  private static final double SIGMAS = 4.5;

  /// That of the object of this action among the resources.
  static Effect of(String action) {
    return switch (action) {
      case "netem" -> new Effect(0, HALF, Duration.ofMillis(300), false, 0);
      case "delay" -> ofDelay(Duration.ofMillis(400));
      case "loss" -> new Effect(HALF, 0, Duration.ZERO, false, 0);
      case "duplicate" -> new Effect(0, HALF, Duration.ZERO, false, 0);
      case "corrupt" -> new Effect(HALF, 0, Duration.ZERO, true, 0);
      case "partition" -> new Effect(1, 0, Duration.ZERO, false, 0);
      case "bandwidth" -> new Effect(0, 0, Duration.ZERO, false, 32_000);
      default -> throw new IllegalArgumentException(action);
    };
  }

  static Effect ofDelay(Duration delay) {
    return new Effect(0, 0, delay, false, 0);
  }

  /// Compares a link with it, but for the rate, which links share.
  void require(SoftAssertions soft, String what, Heard heard) {
    soft.assertThat(heard.sent()).as(what).isGreaterThan(ENOUGH);
    if (bitsPerSecond > 0 || heard.sent() == 0) {
      return;
    }
    requireShare(soft, what + " loss", heard.loss(), loss, heard.sent());
    if (heard.distinct() == 0) {
      return;
    }
    requireShare(soft, what + " duplicates", heard.duplicates(), duplicates, heard.distinct());
    soft.assertThat(heard.fastest()).as(what).isGreaterThanOrEqualTo(delay);
    soft.assertThat(heard.fastest()).as(what).isLessThan(delay.plus(LATE));
  }

  private static void requireShare(
      SoftAssertions soft, String what, double share, double wanted, int count) {
    double sigma = Math.sqrt(wanted * (1 - wanted) / count);
    soft.assertThat(share).as(what).isCloseTo(wanted, within(SIGMAS * sigma));
  }
}
