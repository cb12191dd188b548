// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What became of an attempt to connect.
///
/// @param time until it was known; starting `nc` takes 1 to 2 ms of it
record Connection(Outcome outcome, Duration time) {
  private static final Pattern END =
      Pattern.compile("([0-9]+) ([0-9]+)\\.([0-9]{6}) ([0-9]+)\\.([0-9]{6})\\s*$");

  /// How it ended.
  enum Outcome {
    CONNECTED,
    /// By a RST.
    REFUSED,
    /// No answer in time.
    TIMED_OUT,
    /// By an ICMP message, or for lack of a route.
    UNREACHABLE
  }

  /// Reads what `nc` printed, then its exit code and the times before and after.
  ///
  /// @throws IllegalArgumentException when these do not say how it ended
  static Connection parse(String output) {
    Matcher end = END.matcher(output);
    if (!end.find()) {
      throw new IllegalArgumentException("no end of nc: " + output);
    }
    long micros = micros(end.group(4), end.group(5)) - micros(end.group(2), end.group(3));
    return new Connection(outcome(end.group(1), output), Duration.ofNanos(micros * 1000));
  }

  private static Outcome outcome(String exitCode, String output) {
    if (exitCode.equals("0")) {
      return Outcome.CONNECTED;
    }
    if (output.contains("refused")) {
      return Outcome.REFUSED;
    }
    if (output.contains("timed out")) {
      return Outcome.TIMED_OUT;
    }
    if (output.contains("unreachable") || output.contains("No route")) {
      return Outcome.UNREACHABLE;
    }
    throw new IllegalArgumentException("nc ended otherwise: " + output);
  }

  private static long micros(String seconds, String micros) {
    return Long.parseLong(seconds) * 1_000_000 + Long.parseLong(micros);
  }
}
