// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.cli.console.Console;
import dev.squall.cli.console.ExitStatus;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
  private static final String TARGET = "squall-crash-" + ProcessHandle.current().pid() + "-target";
  private static final String PEER = "squall-crash-" + ProcessHandle.current().pid() + "-peer";

  @BeforeEach
  void connectTwoHosts() throws Exception {
    run("ip netns add " + TARGET);
    run("ip netns add " + PEER);
    run("ip link add eth0 netns %s type veth peer name eth0 netns %s".formatted(TARGET, PEER));
    configure(TARGET, "10.78.0.1/24");
    configure(PEER, "10.78.0.2/24");
    assertThat(pings(3)).as("before").hasSize(3);
  }

  private static void configure(String host, String address) throws Exception {
    run("ip -n %s link set eth0 addrgenmode none up".formatted(host));
    run("ip -n %s addr add %s dev eth0".formatted(host, address));
  }

  @AfterEach
  void removeThem() throws Exception {
    run("ip netns del " + TARGET);
    run("ip netns del " + PEER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--loss 100%", "--delay 100ms --direction both"})
  void leavesNoActiveFaultAndNothingThatVerifyCleanDoesNotRemove(String faults) throws Exception {
    String before = state();
    try (Victim victim = Victim.inject(faults)) {
      assertThat(pings(3)).as("with " + faults).noneMatch(millis -> millis < 100);
      victim.kill();
    }
    Thread.sleep(1_000);
    assertThat(pings(5)).as("a second after the crash").hasSize(5).allMatch(ms -> ms < 100);

    Answer answer = Answer.to("verify-clean");
    System.out.print(answer.text());
    assertThat(answer.status()).isEqualTo(ExitStatus.OK);
    String removed =
        "removed, its owner is dead: filter squall_egress (netns %s eth0)".formatted(TARGET);
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
  private static List<Double> pings(int count) throws Exception {
    String command =
        "ip netns exec %s ping -n -i 0.1 -W 1 -c %d 10.78.0.2".formatted(TARGET, count);
    List<Double> times = new ArrayList<>();
    for (String line : output(command).lines().toList()) {
      int at = line.indexOf(" time=");
      if (at >= 0) {
        times.add(Double.parseDouble(line.substring(at + 6, line.indexOf(" ms", at))));
      }
    }
    return times;
  }

  /// What the target's tools show of it.
  private static String state() throws Exception {
    return output("ip -n %s -o link".formatted(TARGET))
        + output("tc -n %s qdisc".formatted(TARGET))
        + output("tc -n %s filter show dev eth0 egress".formatted(TARGET))
        + output("tc -n %s filter show dev eth0 ingress".formatted(TARGET));
  }

  private static void run(String command) throws Exception {
    Process process = new ProcessBuilder(command.split(" ")).inheritIO().start();
    assertThat(process.waitFor()).as(command).isZero();
  }

  private static String output(String command) throws Exception {
    Process process =
        new ProcessBuilder(command.split(" "))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
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

  /// A `squall inject` in a process of its own, armed.
  private record Victim(Process process) implements AutoCloseable {
    static Victim inject(String faults) throws IOException {
      String line = "inject --netns %s %s --for 10m -o json".formatted(TARGET, faults);
      List<String> command = new ArrayList<>();
      command.add(System.getProperty("java.home") + "/bin/java");
      command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
      command.addAll(List.of("--enable-native-access=ALL-UNNAMED"));
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.add("dev.squall.cli.Main");
      command.addAll(List.of(line.split(" ")));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      BufferedReader output = process.inputReader();
      String first = output.readLine();
      assertThat(first).contains("\"armed\"");
      return new Victim(process);
    }

    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
