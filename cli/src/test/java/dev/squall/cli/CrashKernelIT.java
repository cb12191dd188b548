// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.cli.console.Console;
import dev.squall.cli.console.ExitStatus;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A `squall` that is killed in the middle of a run.
class CrashKernelIT {
  private HostPair hosts;

  @BeforeEach
  void connectTwoHosts() throws Exception {
    hosts = new HostPair("crash");
    assertThat(pings(3)).as("before").hasSize(3);
  }

  @AfterEach
  void removeThem() throws Exception {
    hosts.remove();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--loss 100%", "--delay 100ms --direction both"})
  void leavesNoActiveFaultAndNothingThatVerifyCleanDoesNotRemove(String faults) throws Exception {
    String before = state();
    try (InjectProcess victim =
        InjectProcess.start("--netns %s %s".formatted(hosts.target(), faults))) {
      assertThat(pings(3)).as("with " + faults).noneMatch(millis -> millis < 100);
      victim.kill();
    }
    Thread.sleep(1_000);
    assertThat(pings(5)).as("a second after the crash").hasSize(5).allMatch(ms -> ms < 100);

    Answer answer = Answer.to("verify-clean");
    System.out.print(answer.text());
    assertThat(answer.status()).isEqualTo(ExitStatus.OK);
    String removed =
        "removed, its owner is dead: filter squall_egress (netns %s eth0)"
            .formatted(hosts.target());
    if (kernelDetachesOfTheDead()) {
      assertThat(answer.text()).doesNotContain("removed");
    } else {
      assertThat(answer.text()).contains(removed);
    }
    assertThat(state()).isEqualTo(before);
    assertThat(Answer.to("verify-clean").text()).doesNotContain("removed");
  }

  /// Linux 6.6 and newer have tcx.
  private static boolean kernelDetachesOfTheDead() {
    String[] version = System.getProperty("os.version").split("[^0-9]+", 3);
    return Integer.parseInt(version[0]) * 1000 + Integer.parseInt(version[1]) >= 6006;
  }

  /// Round trips in milliseconds.
  private List<Double> pings(int count) throws Exception {
    String command =
        "ip netns exec %s ping -n -i 0.1 -W 1 -c %d 10.78.0.2".formatted(hosts.target(), count);
    List<Double> times = new ArrayList<>();
    for (String line : HostPair.output(command).lines().toList()) {
      int at = line.indexOf(" time=");
      if (at >= 0) {
        times.add(Double.parseDouble(line.substring(at + 6, line.indexOf(" ms", at))));
      }
    }
    return times;
  }

  /// What the target's tools show of it.
  private String state() throws Exception {
    return HostPair.output("ip -n %s -o link".formatted(hosts.target()))
        + HostPair.output("tc -n %s qdisc".formatted(hosts.target()))
        + HostPair.output("tc -n %s filter show dev eth0 egress".formatted(hosts.target()))
        + HostPair.output("tc -n %s filter show dev eth0 ingress".formatted(hosts.target()));
  }

  /// One call of `squall` in this process, on the real engine.
  private record Answer(ExitStatus status, String text) {
    static Answer to(String... arguments) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
      Console console = new Console(out, out, false, false);
      ExitStatus status = new Squall(console, new BpfEngine(), Map.of()).run(arguments);
      return new Answer(status, bytes.toString(StandardCharsets.UTF_8));
    }
  }
}
