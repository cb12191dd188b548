// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.demo;

import dev.squall.cli.console.Figures;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What the users of the demo lived through.
///
/// `served` is sorted, the quickest first.
record Experience(List<Duration> served, List<String> failures) {
  static Experience of(List<Visit> visits) {
    return new Experience(
        visits.stream()
            .filter(Visit.Served.class::isInstance)
            .map(visit -> ((Visit.Served) visit).time())
            .sorted()
            .toList(),
        visits.stream()
            .filter(Visit.Failed.class::isInstance)
            .map(visit -> ((Visit.Failed) visit).reason())
            .toList());
  }

  /// One sentence: pages read, how fast, and what failed.
  @Override
  public String toString() {
    String pages = Figures.count(served.size()) + " pages read";
    if (!served.isEmpty()) {
      pages +=
          ", half of them within %s, 99 of 100 within %s"
              .formatted(Figures.latency(quantile(0.5)), Figures.latency(quantile(0.99)));
    }
    return failures.isEmpty() ? pages + "; none failed" : pages + "; " + failed();
  }

  private String failed() {
    return failures.stream()
        .collect(Collectors.groupingBy(reason -> reason, Collectors.counting()))
        .entrySet()
        .stream()
        .sorted((one, other) -> Long.compare(other.getValue(), one.getValue()))
        .map(entry -> Figures.count(entry.getValue()) + " failed: " + lower(entry.getKey()))
        .collect(Collectors.joining(", "));
  }

  private Duration quantile(double share) {
    return served.get((int) (share * (served.size() - 1)));
  }

  private static String lower(String reason) {
    return reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1);
  }
}
