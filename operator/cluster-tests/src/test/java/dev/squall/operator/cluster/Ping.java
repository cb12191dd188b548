// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What `ping` found.
///
/// @param received requests that were answered, each counted once
/// @param duplicates further answers
/// @param roundTrips of the first answers, sorted, to 1 µs
record Ping(int sent, int received, int duplicates, List<Duration> roundTrips) {
  private static final Pattern ANSWER = Pattern.compile("time=([0-9.]+) ms( \\(DUP!\\))?");
  private static final Pattern SUMMARY =
      Pattern.compile("([0-9]+) packets transmitted, ([0-9]+) packets received");

  Ping {
    roundTrips = roundTrips.stream().sorted().toList();
  }

  /// Reads what busybox prints.
  ///
  /// @throws IllegalArgumentException when it has no summary, because the address is none
  static Ping parse(String output) {
    MatchResult summary =
        SUMMARY
            .matcher(output)
            .results()
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no summary of ping: " + output));
    List<MatchResult> answers = ANSWER.matcher(output).results().toList();
    return new Ping(
        Integer.parseInt(summary.group(1)),
        Integer.parseInt(summary.group(2)),
        (int) answers.stream().filter(Ping::isDuplicate).count(),
        answers.stream().filter(answer -> !isDuplicate(answer)).map(Ping::roundTrip).toList());
  }

  /// The share of requests without an answer, 0 to 1.
  double loss() {
    return 1 - (double) received / sent;
  }

  /// The shortest round trip.
  ///
  /// @throws java.util.NoSuchElementException when nothing was answered
  Duration fastest() {
    return roundTrips.getFirst();
  }

  /// The round trip that half of the others exceed.
  ///
  /// @throws IndexOutOfBoundsException when nothing was answered
  Duration median() {
    return roundTrips.get(roundTrips.size() / 2);
  }

  private static boolean isDuplicate(MatchResult answer) {
    return answer.group(2) != null;
  }

  private static Duration roundTrip(MatchResult answer) {
    return Duration.ofNanos(Math.round(Double.parseDouble(answer.group(1)) * 1e6));
  }
}
