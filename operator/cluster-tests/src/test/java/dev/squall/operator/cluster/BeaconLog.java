// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// What a group of [Beacon]s has sent and heard.
final class BeaconLog {
  private final Map<String, NavigableMap<Long, Long>> ticks = new HashMap<>();
  private final Map<String, NavigableMap<Long, Long>> errors = new HashMap<>();
  private final Map<Link, List<Arrival>> arrivals = new HashMap<>();

  /// One way from a pod to another.
  ///
  /// @param port at both ends
  record Link(String from, String to, int port) {
    @Override
    public String toString() {
      return "%s to %s at port %d".formatted(from, to, port);
    }
  }

  /// A stretch of time.
  record Window(Instant from, Instant to) {
    Duration length() {
      return Duration.between(from, to);
    }

    private long fromMicros() {
      return micros(from);
    }

    private long toMicros() {
      return micros(to);
    }

    private boolean holds(long micros) {
      return micros >= fromMicros() && micros < toMicros();
    }

    private static long micros(Instant instant) {
      return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
  }

  /// What became of the packets that were sent on a link in a window.
  ///
  /// @param distinct how many of them arrived, each counted once
  /// @param total how many arrived, each counted as often as it did
  /// @param delays from sending to arrival, sorted
  record Heard(int sent, int distinct, int total, List<Duration> delays) {
    double loss() {
      return 1 - (double) distinct / sent;
    }

    /// Of those that arrived.
    double duplicates() {
      return (double) (total - distinct) / distinct;
    }

    Duration fastest() {
      return delays.getFirst();
    }

    Duration median() {
      return delays.get(delays.size() / 2);
    }

    @Override
    public String toString() {
      return "%d sent, %d arrived, %d of them again; %s"
          .formatted(
              sent,
              distinct,
              total - distinct,
              delays.isEmpty()
                  ? "no delays"
                  : "fastest %d µs, median %d µs, slowest %d µs"
                      .formatted(
                          fastest().toNanos() / 1000,
                          median().toNanos() / 1000,
                          delays.getLast().toNanos() / 1000));
    }
  }

  private record Arrival(long number, long sentAt, long heardAt) {}

  /// Adds what one of them has printed.
  ///
  /// @throws IllegalArgumentException when it has printed something else
  void add(String pod, String text) {
    ticks.put(pod, new TreeMap<>());
    errors.put(pod, new TreeMap<>());
    // The last line may not be whole yet.
    text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(line -> addLine(pod, line));
  }

  private void addLine(String pod, String line) {
    String[] words = line.split(" ", -1);
    switch (words[0]) {
      case "tick" -> ticks.get(pod).put(Long.valueOf(words[2]), Long.valueOf(words[1]));
      case "errors" -> errors.get(pod).put(Long.valueOf(words[1]), Long.valueOf(words[2]));
      case "heard" -> {
        Link link = new Link(words[1], words[2], Integer.parseInt(words[3]));
        arrivals
            .computeIfAbsent(link, _ -> new ArrayList<>())
            .add(
                new Arrival(
                    Long.parseLong(words[4]), Long.parseLong(words[5]), Long.parseLong(words[6])));
      }
      case "unsent" -> {}
      default -> throw new IllegalArgumentException(pod + " printed " + line);
    }
  }

  /// What became of the packets that were sent in a window.
  Heard sentIn(Window window, Link link) {
    List<Arrival> found =
        arrivals.getOrDefault(link, List.of()).stream()
            .filter(arrival -> window.holds(arrival.sentAt()))
            .toList();
    return new Heard(
        ticks.get(link.from()).subMap(window.fromMicros(), window.toMicros()).size(),
        (int) found.stream().mapToLong(Arrival::number).distinct().count(),
        found.size(),
        found.stream()
            .map(arrival -> Duration.of(arrival.heardAt() - arrival.sentAt(), ChronoUnit.MICROS))
            .sorted()
            .toList());
  }

  /// How many packets arrived in a window, whenever they were sent.
  long arrivedIn(Window window, Link link) {
    return arrivals.getOrDefault(link, List.of()).stream()
        .filter(arrival -> window.holds(arrival.heardAt()))
        .count();
  }

  /// How many packets a pod got in a window whose checksum was wrong.
  long checksumErrors(Window window, String pod) {
    NavigableMap<Long, Long> counts = errors.get(pod);
    Map.Entry<Long, Long> after = counts.ceilingEntry(window.toMicros());
    return (after == null ? counts.lastEntry() : after).getValue()
        - counts.floorEntry(window.fromMicros()).getValue();
  }
}
