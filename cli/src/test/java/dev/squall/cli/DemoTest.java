// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.cli.console.Console;
import dev.squall.cli.console.ExitStatus;
import dev.squall.cli.demo.Demo;
import dev.squall.fault.Leftover;
import dev.squall.target.Selection;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The tour over the loopback interface, with faults that only pretend.
class DemoTest {
  private final FakeEngine engine = new FakeEngine();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void itTellsFiveActsInOrder() throws Exception {
    engine.injection.reports(List.of(Reports.loss()));

    assertThat(play()).isEqualTo(ExitStatus.OK);
    assertThat(out.toString(StandardCharsets.UTF_8).lines().filter(line -> line.matches("\\d.*")))
        .containsExactly(
            "1. Nothing is wrong yet",
            "2. Every tenth packet of the server is lost",
            "3. Every packet of the server arrives 50 ms late",
            "4. Every second connection is reset",
            "5. Nothing is left behind");
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("   asked    squall inject --netns squall-demo --loss 10%\n")
        .contains("   kernel   1,000 packets left the server, 52 of them hit\n")
        .containsPattern(
            "   users    [1-9][0-9,]* pages read, half of them within .*; none failed");
  }

  @Test
  void itInjectsWhatItSays() throws Exception {
    play();

    assertThat(engine.injector.experiments())
        .extracting(experiment -> experiment.faults().getFirst().describe())
        .containsExactly("loss 10%", "delay 50ms", "reset 50% at both ends");
    assertThat(engine.injector.experiments().getLast().traffic().selection())
        .isEqualTo(Selection.FLOW);
  }

  @Test
  void whatIsLeftBehindIsNamed() throws Exception {
    engine.registry.leftovers.add(new Leftover("device", "dly0", "netns squall-demo"));

    assertThat(play()).isEqualTo(ExitStatus.NOT_CLEAN);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("   left     device dly0\n")
        .doesNotContain("without a living owner");
  }

  private ExitStatus play() throws Exception {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return new Demo(
            new Console(stream, stream, false, false),
            Duration.ofMillis(150),
            engine::demoNetwork,
            engine::faultInjector,
            engine::runRegistry)
        .play();
  }
}
