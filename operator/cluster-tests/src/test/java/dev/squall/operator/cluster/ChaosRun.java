// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import dev.squall.operator.cluster.BeaconLog.Heard;
import dev.squall.operator.cluster.BeaconLog.Link;
import dev.squall.operator.cluster.BeaconLog.Window;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;

/// How the links of a group were while objects were in force, and when they were gone.
///
/// @param during while they said that all their faults were injected
/// @param status of the first object at the end of that, without what differs each time
record ChaosRun(Window during, Window after, String status) {
  /// What may pass at once has passed then, and the queue is full.
  private static final Duration SETTLING = Duration.ofMillis(600);

  /// Requires that the links that had to be hit were as the effect says, all others as if there
  /// were no fault; and all of them later.
  void judge(BeaconLog log, Effect effect, Predicate<Link> hits) {
    SoftAssertions soft = new SoftAssertions();
    for (Link link : BeaconGroup.links()) {
      Heard heard = log.sentIn(during, link);
      Heard later = log.sentIn(after, link);
      String hit = hits.test(link) ? "hit" : "not hit";
      Effect wanted = hits.test(link) ? effect : Effect.NONE;
      wanted.require(soft, "%s, %s: %s".formatted(hit, link, heard), heard);
      Effect.NONE.require(soft, "after the end, %s: %s".formatted(link, later), later);
    }
    List<Link> hit = BeaconGroup.links().stream().filter(hits).toList();
    soft.assertThat(hit).as("links that are hit").isNotEmpty();
    if (effect.broken()) {
      requireChecksumErrors(soft, log, hit);
    }
    if (effect.bitsPerSecond() > 0) {
      requireRate(soft, log, hit, effect.bitsPerSecond());
    }
    soft.assertAll();
  }

  private void requireChecksumErrors(SoftAssertions soft, BeaconLog log, List<Link> hit) {
    Map<String, List<Link>> byReceiver = hit.stream().collect(Collectors.groupingBy(Link::to));
    byReceiver.forEach(
        (receiver, links) -> {
          long missing =
              links.stream()
                  .map(link -> log.sentIn(during, link))
                  .mapToLong(heard -> heard.sent() - heard.distinct())
                  .sum();
          soft.assertThat(log.checksumErrors(during, receiver))
              .as("checksum errors of %s", receiver)
              .isGreaterThanOrEqualTo(missing);
        });
  }

  private void requireRate(
      SoftAssertions soft, BeaconLog log, List<Link> hit, double bitsPerSecond) {
    Window settled = new Window(during.from().plus(SETTLING), during.to());
    Map<String, List<Link>> bySender = hit.stream().collect(Collectors.groupingBy(Link::from));
    bySender.forEach(
        (sender, links) -> {
          long packets = links.stream().mapToLong(link -> log.arrivedIn(settled, link)).sum();
          double bits = packets * Beacon.PACKET_BYTES * (double) Byte.SIZE;
          soft.assertThat(bits / settled.length().toNanos() * 1e9)
              .as("bits per second that arrive from %s", sender)
              .isBetween(0.6 * bitsPerSecond, 1.15 * bitsPerSecond);
        });
  }
}
