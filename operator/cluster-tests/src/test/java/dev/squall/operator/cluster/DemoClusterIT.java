// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.squall.cli.docs.MarkdownPage;
import dev.squall.cli.docs.PageRun;
import dev.squall.cli.docs.ScratchHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `squall demo --cluster`, as the tutorial uses it and as somebody who has seen enough ends it.
@NeedsCluster
class DemoClusterIT {
  private static final String NAME = Rig.nameOfCheckout() + "-demo";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @BeforeEach
  void aRigCanBeMadeHere() {
    assumeTrue(Rig.obstacle().isEmpty(), "no rig can be made here");
  }

  @Test
  void theTutorialShowsWhatComesOut() throws IOException {
    Rig rig = new Rig(NAME);
    try (ScratchHost host = new ScratchHost(rig.environment(), SquallCommand.classes())) {
      new PageRun(MarkdownPage.of("docs/tutorial/first-experiment-in-a-cluster.md"), host, PATIENCE)
          .run();
    } finally {
      rig.run("down").successful();
    }
    assertThat(rig.traces()).isEmpty();
  }

  @Test
  void afterAnInterruptNothingIsLeft() throws Exception {
    Rig rig = new Rig(NAME);
    try (ScratchHost host = new ScratchHost(rig.environment(), SquallCommand.classes())) {
      // A session of its own, so that Ctrl-C reaches all of it, as in a terminal.
      ProcessBuilder demo =
          new ProcessBuilder(
              "env", "--default-signal=INT", "setsid", host.squall(), "demo", "--cluster");
      demo.environment().putAll(rig.environment());
      Process process = demo.redirectError(ProcessBuilder.Redirect.INHERIT).start();
      try (Stream<String> lines = process.inputReader(StandardCharsets.UTF_8).lines()) {
        assertThat(lines.anyMatch(line -> line.contains("kubectl apply"))).isTrue();
        CommandResult.of(
                new ProcessBuilder(List.of("bash", "-c", "kill -INT -" + process.pid())), "")
            .successful();
      }
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(130);
    }
    assertThat(rig.traces()).isEmpty();
  }
}
