// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.cli.Reports;
import dev.squall.cli.console.Console;
import dev.squall.experiment.EndReason;
import dev.squall.experiment.Experiment;
import dev.squall.fault.Loss;
import dev.squall.fault.RuleReport;
import dev.squall.fault.RunIdentity;
import dev.squall.target.Target;
import dev.squall.target.TrafficFilter;
import dev.squall.unit.Percentage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveViewTest {
  private static final RunPlan PLAN =
      new RunPlan(
          new Experiment(
              null,
              List.of(new Target.NamedNetns("web", null)),
              List.of(new Loss(Percentage.parse("5%"))),
              TrafficFilter.ANY,
              Duration.ofSeconds(10),
              null),
          new RunIdentity("7f3a91c2", "inject", 42, false, false, null),
          Map.of(),
          new Places(List.of(new Target.NamedNetns("web", null))),
          null);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void theTableIsDrawnInPlaceAndReplacedByTheEnd() {
    LiveView view = view(false);

    view.armed(PLAN.experiment(), PLAN.identity(), List.of());
    view.progress(Duration.ofMillis(9_500), List.of(Reports.loss()));
    view.progress(Duration.ofMillis(9_450), List.of(Reports.loss()));
    view.progress(Duration.ofMillis(9_200), List.of(Reports.silence()));
    view.ended(EndReason.DURATION, Duration.ZERO, List.of(Reports.loss()));

    assertThat(drawn())
        .isEqualTo(
            """
            armed 7f3a91c2: loss 5% on egress of netns web, for 10s (seed 42)
            <wrap off><clear below>\
            FAULT    DIRECTION  INTERFACE  MATCHED  HIT           SHARE (95 %)     BYTES
            loss 5%  egress     eth0         1,000   52  5.20 % (3.99 to 6.76)  76.2 KiB
            9.5s left; Ctrl-C ends it and cleans up
            <wrap on><wrap off><up 3><clear below>\
            FAULT    DIRECTION  INTERFACE  MATCHED  HIT  SHARE (95 %)  BYTES
            loss 5%  egress     eth0             0    0             -    0 B
            9.2s left; Ctrl-C ends it and cleans up
            <wrap on><up 3><clear below>\
            ended 7f3a91c2: its 10s are over (seed 42)
            FAULT    DIRECTION  INTERFACE  MATCHED  HIT           SHARE (95 %)     BYTES
            loss 5%  egress     eth0         1,000   52  5.20 % (3.99 to 6.76)  76.2 KiB
            """);
  }

  @Test
  void packetsThatWereHitStandAboveTheTable() {
    LiveView view = view(false);

    view.progress(Duration.ofMillis(9_500), List.of(Reports.silence()));
    view.hit(Reports.lostEcho());
    view.progress(Duration.ofMillis(9_200), List.of(Reports.silence()));

    assertThat(drawn())
        .contains(
            "<wrap on><up 3><clear below>packet 12:00:02.000000Z loss 5% on egress of netns web (eth0)")
        .contains(", 98 B\n<wrap off><clear below>FAULT");
  }

  @Test
  void overflowTurnsItsRowAndTheEndYellow() {
    LiveView view = view(true);

    view.armed(PLAN.experiment(), PLAN.identity(), List.of());
    view.progress(Duration.ofSeconds(9), List.of(Reports.overflowingDelay()));
    view.ended(EndReason.DURATION, Duration.ZERO, List.of(Reports.overflowingDelay()));

    assertThat(drawn())
        .contains("\u001b[33mdelay 50ms  egress")
        .contains("\u001b[33mended 7f3a91c2: its 10s are over")
        .contains("\u001b[33moverflow: 3 packets");
  }

  @Test
  void moreRulesThanLinesAreCutToWhatCanBeRedrawn() {
    List<RuleReport> many = Collections.nCopies(64, Reports.loss());
    LiveView view = view(false);

    view.progress(Duration.ofSeconds(9), many);

    assertThat(drawn().lines()).hasSize(20 + 1).contains("9s left; Ctrl-C ends it and cleans up");
  }

  private LiveView view(boolean colour) {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return new LiveView(new Console(stream, stream, true, colour), PLAN);
  }

  /// What was written, with the terminal's commands by name.
  private String drawn() {
    return out.toString(StandardCharsets.UTF_8)
        .replace("\u001b[?7l", "<wrap off>")
        .replace("\u001b[?7h", "<wrap on>")
        .replace("\u001b[J", "<clear below>")
        .replaceAll("\u001b\\[(\\d+)A\r", "<up $1>");
  }
}
