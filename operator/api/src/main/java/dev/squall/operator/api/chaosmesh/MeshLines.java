// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.chaosmesh;

import dev.squall.fault.Rate;
import dev.squall.unit.BitRate;
import dev.squall.unit.ByteSize;
import dev.squall.unit.DurationText;
import io.fabric8.chaosmesh.v1alpha1.BandwidthSpec;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lines of limited rate: `spec.bandwidth`, which is tbf to Chaos Mesh, and `spec.rate`, which is
/// netem.
final class MeshLines {
  private static final String RATE = "spec.bandwidth.rate";

  /// Chaos Mesh itself turns its own units into bytes; of a rate for netem, `tc` does it.
  private static final int KILO_OF_CHAOS_MESH = 1024;

  private static final int KILO_OF_TC = 1000;

  /// What netem's queue holds: 1,000 packets.
  private static final long NETEM_QUEUE_BYTES = 1_514_000;

  private MeshLines() {}

  /// @param remarks gets what is to be said
  static Rate bandwidth(BandwidthSpec bandwidth, List<String> remarks) {
    BitRate rate = MeshRate.parse(RATE, bandwidth.getRate(), KILO_OF_CHAOS_MESH);
    long buffer = size("buffer", bandwidth.getBuffer());
    Duration queue = time(rate, size("limit", bandwidth.getLimit()));
    if (queue.compareTo(Rate.LONGEST_BACKLOG) > 0) {
      remarks.add(
          "spec.bandwidth.limit %d: at this rate %s of packets; here a packet waits at most %s."
              .formatted(
                  bandwidth.getLimit(),
                  DurationText.format(Duration.ofMillis(queue.toMillis())),
                  DurationText.format(Rate.LONGEST_BACKLOG)));
    }
    if (time(rate, buffer).compareTo(Rate.LONGEST_BURST) > 0) {
      remarks.add(
          "spec.bandwidth.buffer %d: at this rate more than %s, which is the most that may pass at"
                  .formatted(buffer, DurationText.format(Rate.LONGEST_BURST))
              + " once here.");
    }
    if (bandwidth.getPeakrate() != null && bandwidth.getMinburst() != null) {
      remarks.add(
          "spec.bandwidth.peakrate: not possible here; a burst passes as fast as it comes.");
    }
    long burst = Math.min(buffer, rate.bitsPerSecond() / 8 * Rate.LONGEST_BURST.toSeconds());
    return new Rate(rate, new ByteSize(burst), shortest(queue, Rate.LONGEST_BACKLOG));
  }

  static Rate rate(String text) {
    BitRate rate = MeshRate.parse("spec.rate.rate", text, KILO_OF_TC);
    Duration queue = time(rate, NETEM_QUEUE_BYTES);
    Duration backlog = queue.compareTo(Rate.DEFAULT_BACKLOG) < 0 ? Rate.DEFAULT_BACKLOG : queue;
    return new Rate(rate, null, shortest(backlog, Rate.LONGEST_BACKLOG));
  }

  private static Duration shortest(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static long size(String field, @Nullable Integer bytes) {
    if (bytes == null || bytes < 1) {
      throw new IllegalArgumentException(
          "spec.bandwidth.%s: a number of bytes is at least 1".formatted(field));
    }
    return bytes;
  }

  private static Duration time(BitRate rate, long bytes) {
    return Duration.ofNanos(Math.max(1, Math.round(bytes * 8e9 / rate.bitsPerSecond())));
  }
}
