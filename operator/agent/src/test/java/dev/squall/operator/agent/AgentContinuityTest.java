// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import static dev.squall.operator.agent.Samples.DB;
import static dev.squall.operator.agent.Samples.START;
import static dev.squall.operator.agent.Samples.WEB;
import static dev.squall.operator.agent.Samples.document;
import static dev.squall.operator.agent.Samples.injection;
import static dev.squall.operator.agent.Samples.nodeFault;
import static dev.squall.operator.agent.Samples.part;
import static dev.squall.operator.agent.Samples.report;
import static dev.squall.operator.agent.Samples.seconds;
import static dev.squall.operator.agent.Samples.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.fault.InjectionStatus;
import dev.squall.operator.api.v1alpha1.NodeFault;
import dev.squall.operator.api.v1alpha1.NodeFaultStatus;
import dev.squall.operator.api.v1alpha1.PodFault;
import dev.squall.operator.api.v1alpha1.PodFault.Phase;
import dev.squall.operator.api.v1alpha1.PodFault.Timeline;
import dev.squall.target.Direction;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentContinuityTest {
  private final AgentScene scene = new AgentScene();

  private static NodeFault loss(long generation, Duration length, String... pods) {
    return nodeFault(
        "a", generation, spec(length, false, part("main", document("loss: 5%", pods))));
  }

  @Test
  void thePodsOfOnePartComeAndGo() {
    scene.pod(WEB, 7);
    scene.pod(DB, 8);
    scene.apply(loss(1, seconds(10), WEB)).at(0);
    scene.apply(loss(2, seconds(10), DB)).at(2);
    assertThat(scene.injections.getFirst().steps()).endsWith("disarm", "close");
    assertThat(scene.injections.getLast().steps()).first().isEqualTo("arm");
    assertThat(scene.status().pods())
        .extracting(PodFault::phase)
        .containsExactly(Phase.Ended, Phase.Injecting);
  }

  @Test
  void aPodThatComesLaterIsInjectedAndTheGapIsTold() {
    scene.apply(loss(1, seconds(10), WEB)).at(0);
    assertThat(scene.row().phase()).isEqualTo(Phase.Waiting);
    assertThat(scene.row().message()).isEqualTo(NextStep.NO_PROCESS);
    scene.networks.put(WEB, new PodNetwork(7, AgentScene.ZERO.plusSeconds(4)));
    scene.at(5);
    assertThat(scene.row().phase()).isEqualTo(Phase.Injecting);
    assertThat(scene.row().message()).isNull();
    assertThat(scene.row().timeline().uncoveredMillis()).isEqualTo(1000);
  }

  @Test
  void thePodOfAPauseIsNotUncoveredMeanwhile() {
    scene.pod(WEB, 7);
    scene.apply(loss(1, seconds(60), WEB)).at(0);
    scene.apply(nodeFault("a", 2, spec(seconds(60), false))).at(10);
    assertThat(scene.row().phase()).isEqualTo(Phase.Ended);
    scene.apply(loss(3, seconds(60), WEB)).at(40);
    assertThat(scene.row().phase()).isEqualTo(Phase.Injecting);
    assertThat(scene.row().timeline()).isEqualTo(new Timeline(START.toString(), null, 0L));
  }

  @Test
  void aNewSandboxIsInjectedAnewAndCountsAddUp() {
    scene.pod(WEB, 7);
    scene.apply(loss(1, seconds(20), WEB)).at(0);
    scene.injections.getFirst().reports(List.of(report(Direction.EGRESS, 100, 5)));
    scene.networks.put(WEB, new PodNetwork(9, AgentScene.ZERO.plusSeconds(6)));
    scene.at(8);
    scene.injections.getLast().reports(List.of(report(Direction.EGRESS, 50, 2)));
    assertThat(scene.injections.getFirst().steps()).endsWith("disarm", "close");
    scene.at(14);
    assertThat(scene.row().phase()).isEqualTo(Phase.Injecting);
    assertThat(scene.row().rules())
        .extracting(rule -> rule.matched().packets())
        .containsExactly(150L);
    // Nobody can be hit in a network that is gone, so the gap began when the agent saw that.
    assertThat(scene.row().timeline().uncoveredMillis()).isZero();
  }

  @Test
  void aLostLeaseIsInjectedAnewAndTheGapIsTold() {
    scene.pod(WEB, 7);
    scene.apply(loss(1, seconds(20), WEB)).at(0);
    scene.injections.getFirst().statuses(InjectionStatus.LEASE_LOST).uncovered(seconds(2));
    scene.at(5);
    assertThat(scene.row().phase()).isEqualTo(Phase.Injecting);
    assertThat(scene.row().timeline().uncoveredMillis()).isEqualTo(2000);
    assertThat(scene.injections).hasSize(2);
  }

  @Test
  void anInterfaceThatWasMadeAnewIsInjectedAgain() {
    scene.pod(WEB, 7);
    scene.apply(loss(1, seconds(20), WEB)).at(0);
    scene.injections.getFirst().reports(List.of());
    scene.at(6);
    assertThat(scene.injections).hasSize(2);
    assertThat(scene.row().phase()).isEqualTo(Phase.Injecting);
  }

  @Test
  void afterACrashItGoesOnAndIsCountedOnce() {
    scene.pod(WEB, 7);
    NodeFaultStatus before =
        new NodeFaultStatus(
            1L,
            "0.9",
            0L,
            List.of(),
            List.of(
                new PodFault(
                    new PodFault.PodReference("shop", "p1", WEB),
                    "main",
                    Phase.Injecting,
                    null,
                    new Timeline(START.toString(), null, 0L),
                    RuleCounts.sum(List.of(), injection(report(Direction.EGRESS, 100, 5))))));
    scene.apply(Samples.with(loss(1, seconds(20), WEB), before)).at(4);
    scene.injections.getFirst().reports(List.of(report(Direction.EGRESS, 10, 1)));
    scene.at(10);
    assertThat(scene.status().pods()).hasSize(1);
    assertThat(scene.row().rules()).extracting(rule -> rule.hit().packets()).containsExactly(6L);
    // The scene's agent has been seen last after 3 s.
    assertThat(scene.row().timeline()).isEqualTo(new Timeline(START.toString(), null, 1000L));
  }

  @Test
  void anOrderlyEndLeavesARowThatTheNextAgentGoesOnWith() throws InterruptedException {
    scene.pod(WEB, 7);
    scene.apply(loss(1, seconds(20), WEB)).at(0);
    scene.end();
    assertThat(scene.injections.getFirst().steps()).endsWith("disarm", "close");
    assertThat(scene.row().phase()).isEqualTo(Phase.Waiting);
    assertThat(scene.row().message()).isEqualTo(Agent.SUSPENDED);
    assertThat(scene.row().timeline().ended()).isNotNull();
  }

  @Test
  void theObjectDoesNotGrowWithThePodsThatCameAndWent() {
    for (int i = 0; i < 300; i++) {
      scene.apply(loss(i + 1, seconds(1000), "00000000-0000-0000-0000-%012d".formatted(i))).at(i);
    }
    assertThat(scene.status().pods()).hasSizeLessThanOrEqualTo(102);
    assertThat(scene.status().notes()).containsExactly("198 pods that are gone are left out here");
  }
}
