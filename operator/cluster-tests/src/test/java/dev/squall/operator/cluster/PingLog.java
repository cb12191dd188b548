// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Pings that a pod goes on with by itself, whether or not the cluster answers meanwhile.
///
/// @param file of the pod, where their answers are noted
/// @param start when the first was sent
record PingLog(TestPod pod, String file, Instant start) {
  private static final Duration BETWEEN = Duration.ofMillis(100);
  private static final Pattern ANSWER = Pattern.compile("seq=([0-9]+) ");

  /// Begins to ping an address, ten times a second.
  static PingLog start(TestPod pod, String address, Duration length) {
    String file = "/tmp/pings-" + System.nanoTime();
    String script =
        "ping -i 0.1 -c %d %s >%s 2>&1 & echo $EPOCHREALTIME"
            .formatted(length.dividedBy(BETWEEN), address, file);
    String time = pod.exec("sh", "-c", script).successful().text();
    String[] parts = time.split("\\.", -1);
    return new PingLog(
        pod,
        file,
        Instant.ofEpochSecond(Long.parseLong(parts[0]), Long.parseLong(parts[1]) * 1000));
  }

  /// The share of the pings sent in this time that were answered, 0 to 1.
  ///
  /// @throws IllegalArgumentException when none was sent
  double answered(Instant from, Instant to) {
    Set<Integer> answered = answers();
    return IntStream.range(number(from), number(to))
        .map(number -> answered.contains(number) ? 1 : 0)
        .average()
        .orElseThrow(() -> new IllegalArgumentException("nothing was sent"));
  }

  /// When the first ping was sent that was answered and not sent before this time.
  Instant firstAnswered(Instant after) {
    int first =
        answers().stream()
            .filter(number -> number >= number(after))
            .min(Integer::compare)
            .orElseThrow(() -> new AssertionError("no ping was answered after " + after));
    return start.plus(BETWEEN.multipliedBy(first));
  }

  private int number(Instant time) {
    return Math.toIntExact(Duration.between(start, time).dividedBy(BETWEEN));
  }

  private Set<Integer> answers() {
    return ANSWER
        .matcher(pod.exec("cat", file).successful().output())
        .results()
        .map(answer -> Integer.valueOf(answer.group(1)))
        .collect(Collectors.toSet());
  }
}
