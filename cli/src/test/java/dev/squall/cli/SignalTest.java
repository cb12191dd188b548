// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.cli.console.ExitStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Signals end the process, so each test has a process of its own, see [SlowEngine].
@Timeout(60)
class SignalTest {
  private Process process;
  private BufferedReader out;
  private final List<String> lines = new ArrayList<>();

  @BeforeEach
  void startARun() throws IOException {
    process =
        new ProcessBuilder(
                "env",
                "--default-signal=INT", // in the background of a script it would be ignored
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SlowEngine.class.getName(),
                "inject",
                "--netns",
                "web",
                "--loss",
                "5%",
                "--for",
                "10m",
                "--seed",
                "42")
            .redirectErrorStream(true)
            .start();
    out = process.inputReader();
  }

  @AfterEach
  void endIt() {
    process.destroyForcibly();
  }

  @ParameterizedTest
  @CsvSource({"INT, INTERRUPTED", "TERM, TERMINATED"})
  void aSignalUndoesThenReportsThenExits(String signal, ExitStatus status) throws Exception {
    readUntil("armed");
    send(signal);

    assertThat(exitCode()).isEqualTo(status.code());
    assertThat(lines).containsSubsequence("arm", "disarm", "close", "close done");
    assertThat(lines.subList(lines.indexOf("close done"), lines.size()))
        .anySatisfy(line -> assertThat(line).endsWith(": stopped by a signal (seed 42)"))
        .anySatisfy(line -> assertThat(line).startsWith("loss 5%  egress     eth0"));
  }

  @Test
  void aSecondSignalDoesNotCutTheCleanUpShort() throws Exception {
    readUntil("armed");
    send("INT");
    readUntil("close");
    send("INT");
    send("TERM");

    assertThat(exitCode()).isEqualTo(ExitStatus.INTERRUPTED.code());
    assertThat(lines).contains("close done");
    assertThat(lines.getLast()).startsWith("loss 5%  egress     eth0");
  }

  @Test
  void aSignalDuringPreparationKeepsTheFaultFromBeginning() throws Exception {
    readUntil("prepare");
    send("TERM");

    assertThat(exitCode()).isEqualTo(ExitStatus.TERMINATED.code());
    assertThat(lines).doesNotContain("arm").contains("prepare done", "close done");
    assertThat(lines.getLast()).matches("ended [0-9a-f]{8} before it began");
  }

  private void readUntil(String beginning) throws IOException {
    String line = out.readLine();
    while (line != null) {
      lines.add(line);
      if (line.startsWith(beginning)) {
        return;
      }
      line = out.readLine();
    }
    throw new AssertionError("no line begins with " + beginning + ": " + lines);
  }

  private void send(String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
  }

  private int exitCode() throws InterruptedException {
    out.lines().forEach(lines::add);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
