// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import java.time.Duration;

/// Real traffic from inside a pod, by busybox's `ping` and `nc`.
record Traffic(TestPod pod) {
  /// Sends echo requests, one every `interval`, and waits 2 seconds for the last answers.
  ///
  /// @param interval at least 1 ms
  Ping ping(String address, int count, Duration interval) {
    return Ping.parse(
        pod.exec("ping", "-c", "" + count, "-i", seconds(interval), "-W", "2", address).output());
  }

  /// The same with many and for at most a second longer than sending takes, without a look at the
  /// answers.
  Ping flood(String address, int count, Duration interval) {
    return Ping.parse(
        pod.exec("ping", "-q", "-c", "" + count, "-i", seconds(interval), "-W", "1", address)
            .output());
  }

  /// Opens a TCP connection and closes it at once.
  ///
  /// @param limit after which it counts as timed out, in whole seconds
  Connection connect(String address, int port, Duration limit) {
    String attempt =
        "start=$EPOCHREALTIME; nc -w %d %s %d -e true 2>&1; echo $? $start $EPOCHREALTIME"
            .formatted(limit.toSeconds(), address, port);
    return Connection.parse(pod.exec("sh", "-c", attempt).output());
  }

  private static String seconds(Duration duration) {
    return "%d.%06d".formatted(duration.toSeconds(), duration.toNanosPart() / 1000);
  }
}
