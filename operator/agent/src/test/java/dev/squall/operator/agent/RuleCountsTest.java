// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import static dev.squall.operator.agent.Samples.START;
import static dev.squall.operator.agent.Samples.injection;
import static dev.squall.operator.agent.Samples.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.experiment.FakeInjection;
import dev.squall.fault.SparedPackets;
import dev.squall.operator.api.v1alpha1.PodFault.RuleCount;
import dev.squall.operator.api.v1alpha1.PodFault.Span;
import dev.squall.operator.api.v1alpha1.PodFault.Tally;
import dev.squall.target.Direction;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleCountsTest {
  private static final RuleCount BEFORE =
      new RuleCount(
          "loss 5%",
          "egress",
          new Tally(10, 20),
          new Tally(2, 4),
          1,
          new Span("2026-01-01T00:00:00Z", "2026-01-01T00:00:09Z"));

  @Test
  void whatTheKernelCountsIsTakenOver() {
    assertThat(RuleCounts.sum(List.of(), injection(report(Direction.INGRESS, 8, 3))))
        .containsExactly(
            new RuleCount(
                "loss 5%",
                "ingress",
                new Tally(8, 16),
                new Tally(3, 6),
                0,
                new Span(START.toString(), START.plusSeconds(3).toString())));
  }

  @Test
  void theSameRuleIsAddedUp() {
    assertThat(RuleCounts.sum(List.of(BEFORE), injection(report(Direction.EGRESS, 8, 3))))
        .containsExactly(
            new RuleCount(
                "loss 5%",
                "egress",
                new Tally(18, 36),
                new Tally(5, 10),
                1,
                new Span("2026-01-01T00:00:00Z", START.plusSeconds(3).toString())));
  }

  @Test
  void anotherDirectionIsAnotherRule() {
    assertThat(RuleCounts.sum(List.of(BEFORE), injection(report(Direction.INGRESS, 8, 3))))
        .extracting(RuleCount::direction)
        .containsExactly("egress", "ingress");
  }

  @Test
  void whatIsSparedIsARuleThatHitsNothing() {
    FakeInjection injection =
        new FakeInjection().spared(List.of(new SparedPackets(Direction.EGRESS, 7)));

    assertThat(RuleCounts.sum(List.of(BEFORE), injection))
        .containsExactly(
            BEFORE, new RuleCount("spared", "egress", new Tally(7, 7), new Tally(0, 0), 0, null));
  }

  @Test
  void withoutHitsTheSpanStays() {
    assertThat(RuleCounts.sum(List.of(BEFORE), injection(report(Direction.EGRESS, 8, 0))))
        .extracting(RuleCount::span)
        .containsExactly(BEFORE.span());
  }
}
