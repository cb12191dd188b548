// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

/// Traffic a thousand times a second, to see when a fault begins and ends. It runs until closed.
sealed interface Probe extends AutoCloseable permits ConnectProbe, UdpProbe {
  /// For faults that do not happen any more.
  long NEVER = Long.MAX_VALUE;

  /// Whether a probe of a few milliseconds ago was let alone.
  boolean isNormalNow();

  /// Sends no more, and waits for what is on its way.
  void stop();

  /// After the stop: how many probes were affected.
  long affected();

  /// After the stop: when the first unaffected probe behind the last affected one was sent, by
  /// CLOCK_REALTIME in nanoseconds; 0 when none was affected, NEVER when the last one was.
  long normalSince();

  @Override
  void close();
}
