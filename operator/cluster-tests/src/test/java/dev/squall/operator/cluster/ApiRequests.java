// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How many requests the API server has answered.
///
/// @param counts by verb and kind, as `APPLY nodefaults` or `PATCH nodefaults/status`
record ApiRequests(Map<String, Long> counts) {
  private static final Pattern LINE =
      Pattern.compile("apiserver_request_total\\{(.*)} ([0-9.e+]+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  private static final Pattern BY_CONTROLLER =
      Pattern.compile(
          "(APPLY|POST|PUT|PATCH|DELETE|DELETECOLLECTION)"
              + " (nodefaults|peersets|experiments|experiments/status)");

  /// As it says itself.
  static ApiRequests now(Cluster cluster) {
    Map<String, Long> counts = new TreeMap<>();
    cluster
        .kubectl("get", "--raw", "/metrics")
        .successful()
        .output()
        .lines()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .forEach(
            line ->
                counts.merge(
                    name(labels(line.group(1))),
                    (long) Double.parseDouble(line.group(2)),
                    Long::sum));
    return new ApiRequests(counts);
  }

  private static Map<String, String> labels(String text) {
    return LABEL
        .matcher(text)
        .results()
        .collect(Collectors.toMap(label -> label.group(1), label -> label.group(2)));
  }

  private static String name(Map<String, String> labels) {
    String part = labels.get("subresource");
    return labels.get("verb") + " " + labels.get("resource") + (part.isEmpty() ? "" : "/" + part);
  }

  /// Those since an earlier moment.
  ApiRequests since(ApiRequests before) {
    Map<String, Long> counted = new TreeMap<>();
    counts.forEach(
        (name, count) -> {
          long more = count - before.counts.getOrDefault(name, 0L);
          if (more > 0) {
            counted.put(name, more);
          }
        });
    return new ApiRequests(counted);
  }

  /// Those that write objects of Squall's kinds; those of the status of NodeFaults are the agents'.
  ApiRequests byController() {
    Map<String, Long> own =
        counts.entrySet().stream()
            .filter(entry -> BY_CONTROLLER.matcher(entry.getKey()).matches())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return new ApiRequests(new TreeMap<>(own));
  }

  long sum() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public String toString() {
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " × " + entry.getKey())
        .collect(Collectors.joining(", "));
  }
}
