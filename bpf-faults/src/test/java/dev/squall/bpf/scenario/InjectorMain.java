// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import dev.squall.bpf.BpfFaultInjector;
import dev.squall.experiment.Experiment;
import dev.squall.fault.Counters;
import dev.squall.fault.Injection;
import dev.squall.fault.InjectionStatus;
import dev.squall.fault.RuleReport;
import dev.squall.fault.RunIdentity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// A process of its own that holds an injection, for tests that kill it, stop it, or run two of
/// them. It prints `armed`, and when the injection ends by itself its status and how long it was
/// uncovered; of standard input it understands `report` and `close`.
final class InjectorMain {
  private static final long STEP_MILLIS = 2;

  private final Injection injection;
  private final BufferedReader input =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  private boolean ended;

  private InjectorMain(Injection injection) {
    this.injection = injection;
  }

  /// @param arguments id, network namespace, direction, port or 0, `dry` or `real`, faults
  public static void main(String[] arguments) throws Exception {
    Injection injection = prepare(arguments);
    injection.arm();
    say("armed");
    new InjectorMain(injection).serve();
  }

  private static Injection prepare(String[] arguments) {
    List<String> words = List.of(arguments);
    Experiment experiment =
        FaultWords.experiment(words.subList(1, 4), words.subList(5, words.size()));
    boolean dry = words.get(4).equals("dry");
    String command = String.join(" ", words);
    return new BpfFaultInjector()
        .prepare(experiment, new RunIdentity(words.get(0), command, 1, dry, false, null));
  }

  private void serve() throws IOException, InterruptedException {
    boolean open = true;
    while (open) {
      tellStatus();
      if (input.ready()) {
        open = obey(input.readLine());
      } else {
        Thread.sleep(STEP_MILLIS);
      }
    }
  }

  private void tellStatus() {
    InjectionStatus status = injection.status();
    if (!ended && status != InjectionStatus.ACTIVE) {
      ended = true;
      Duration uncovered = injection.uncovered();
      say("ended " + status + " " + uncovered.toNanos());
    }
  }

  private boolean obey(String command) {
    if (command.equals("report")) {
      injection.report().forEach(InjectorMain::tell);
      say("reported");
      return true;
    }
    injection.close();
    say("closed");
    return false;
  }

  private static void tell(RuleReport report) {
    Counters counters = report.counters();
    say(
        "rule %s %d %d %d"
            .formatted(
                report.direction().name(),
                counters.matched().packets(),
                counters.hit().packets(),
                counters.overflow()));
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
