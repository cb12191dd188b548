// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps in a file when this agent last lived, so that its successor in the same pod knows for how
/// long faults were off after a crash.
final class LastSeen {
  private static final Logger LOG = LoggerFactory.getLogger(LastSeen.class);
  private static final Duration PERIOD = Duration.ofMillis(250);

  private final Path file;
  private final Instant before;
  private Instant marked = Instant.MIN;
  private boolean fails;

  /// @param started when this process did: a predecessor of which nothing is known lived up to then
  LastSeen(Path folder, Instant started) {
    this.file = folder.resolve("last-seen");
    this.before = read(file, started);
  }

  private static Instant read(Path file, Instant started) {
    try {
      Instant read = Instant.parse(Files.readString(file));
      return read.isBefore(started) ? read : started;
    } catch (IOException | DateTimeException e) {
      return started;
    }
  }

  /// When the agent before this one was last known to live.
  Instant before() {
    return before;
  }

  /// This one lives. Writes four times a second at most.
  void mark(Instant now) {
    if (fails || Duration.between(marked, now).compareTo(PERIOD) < 0) {
      return;
    }
    marked = now;
    try {
      Files.writeString(file, now.toString());
    } catch (IOException e) {
      fails = true;
      LOG.warn("cannot be written, so gaps after a crash are counted too short: {}", file);
    }
  }
}
