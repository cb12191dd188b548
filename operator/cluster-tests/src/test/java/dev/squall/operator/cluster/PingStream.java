// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Pings that go on in a pod, each answer with the time at which it came, so that the answers that
/// are missing have one too.
///
/// @param received what was printed so far
record PingStream(ExecWatch watch, Received received) implements AutoCloseable {
  static final Duration BETWEEN = Duration.ofMillis(5);

  private static final int SEQUENCE_NUMBERS = 1 << 16;
  private static final Pattern ANSWER =
      Pattern.compile("^(\\d+\\.\\d+) .*seq=(\\d+) ", Pattern.MULTILINE);

  /// Fewer that are missing in a row are no fault.
  private static final int FAULT = 4;

  /// An answer.
  ///
  /// @param sequence of all that were sent, the first is 0
  record Answer(Instant at, long sequence) {}

  /// A time without answers.
  ///
  /// @param first when the first request went out that was not answered
  /// @param last when the last one did; the end of time while there is no answer
  record Gap(Instant first, Instant last) {}

  /// The command for a shell that prints the answers; after `start` it begins.
  static String command(String address) {
    return "echo $EPOCHREALTIME start; ping -i 0.%03d %s | while read -r line; do echo $EPOCHREALTIME $line; done"
        .formatted(BETWEEN.toMillis(), address);
  }

  /// Pings an address from now on.
  static PingStream from(TestPod pod, String address) {
    Received received = new Received();
    return new PingStream(pod.start(received, "sh", "-c", command(address)), received);
  }

  /// Reads what [#command] prints.
  static List<Answer> parse(String output) {
    List<Answer> answers = new ArrayList<>();
    long before = -1;
    for (MatchResult line : ANSWER.matcher(output).results().toList()) {
      long sequence = Long.parseLong(line.group(2)) + before / SEQUENCE_NUMBERS * SEQUENCE_NUMBERS;
      if (sequence < before - SEQUENCE_NUMBERS / 2) {
        sequence += SEQUENCE_NUMBERS;
      }
      answers.add(new Answer(time(line.group(1)), sequence));
      before = sequence;
    }
    return answers;
  }

  /// A time as a shell prints it.
  static Instant time(String epochSeconds) {
    BigDecimal micros = new BigDecimal(epochSeconds).movePointRight(6);
    return Instant.EPOCH.plusNanos(micros.longValue() * 1000);
  }

  /// The first time without answers that ends later than this.
  static Gap gap(List<Answer> answers, Instant after) {
    for (int i = 1; i < answers.size(); i++) {
      Answer last = answers.get(i - 1);
      Answer next = answers.get(i);
      if (next.at().isAfter(after) && next.sequence() - last.sequence() > FAULT) {
        return new Gap(last.at().plus(BETWEEN), next.at().minus(BETWEEN));
      }
    }
    return new Gap(answers.getLast().at().plus(BETWEEN), Instant.MAX);
  }

  /// Whether no answer has come for so long.
  boolean isSilent(Duration atLeast) {
    return System.nanoTime() - received.latest > atLeast.toNanos();
  }

  /// All answers so far.
  List<Answer> answers() {
    return parse(received.text());
  }

  @Override
  public void close() {
    watch.close();
  }

  /// Keeps what is written, and when something was last.
  static final class Received extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private volatile long latest = System.nanoTime();

    @Override
    public synchronized void write(int one) {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] some, int offset, int length) {
      bytes.write(some, offset, length);
      latest = System.nanoTime();
    }

    private synchronized String text() {
      return bytes.toString(StandardCharsets.US_ASCII);
    }
  }
}
