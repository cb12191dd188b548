// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import static dev.squall.operator.agent.Samples.DB;
import static dev.squall.operator.agent.Samples.START;
import static dev.squall.operator.agent.Samples.WEB;
import static dev.squall.operator.agent.Samples.document;
import static dev.squall.operator.agent.Samples.nodeFault;
import static dev.squall.operator.agent.Samples.part;
import static dev.squall.operator.agent.Samples.report;
import static dev.squall.operator.agent.Samples.seconds;
import static dev.squall.operator.agent.Samples.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.fault.FaultException;
import dev.squall.fault.FaultException.Kind;
import dev.squall.fault.InjectionStatus;
import dev.squall.fault.RunIdentity;
import dev.squall.operator.api.v1alpha1.NodeFault;
import dev.squall.operator.api.v1alpha1.NodeFaultSpec;
import dev.squall.operator.api.v1alpha1.PodFault;
import dev.squall.operator.api.v1alpha1.PodFault.Phase;
import dev.squall.operator.api.v1alpha1.PodFault.Timeline;
import dev.squall.target.Direction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentTest {
  private final AgentScene scene = new AgentScene();

  private static NodeFault loss(long generation, Duration length, String... pods) {
    return nodeFault(
        "a", generation, spec(length, false, part("main", document("loss: 5%", pods))));
  }

  private static NodeFault stopped(long generation, String... pods) {
    return nodeFault(
        "a", generation, spec(seconds(10), true, part("main", document("loss: 5%", pods))));
  }

  @Test
  void aFaultIsPreparedOnSightAndArmedAtTheAgreedMoment() {
    scene.pod(WEB, 7);
    scene.apply(loss(1, seconds(10), WEB)).at(-0.9);
    assertThat(scene.row().phase()).isEqualTo(Phase.Prepared);
    assertThat(scene.injections.getFirst().steps()).isEmpty();
    scene.at(0);
    assertThat(scene.injections.getFirst().steps()).containsExactly("arm", "endIn PT10S");
    assertThat(scene.row().phase()).isEqualTo(Phase.Injecting);
    assertThat(scene.row().timeline()).isEqualTo(new Timeline(START.toString(), null, 0L));
    assertThat(scene.status().observedGeneration()).isEqualTo(1);
    assertThat(scene.row().pod()).isEqualTo(new PodFault.PodReference("shop", "p1", WEB));
  }

  @Test
  void theDeadlineEndsIt() {
    scene.pod(WEB, 7);
    scene.apply(loss(1, seconds(10), WEB)).at(0);
    scene.injections.getFirst().statuses(InjectionStatus.EXPIRED);
    scene.at(10.1);
    assertThat(scene.injections.getFirst().steps()).endsWith("disarm", "close");
    assertThat(scene.row().phase()).isEqualTo(Phase.Ended);
    assertThat(scene.row().timeline().ended()).isEqualTo(START.plusSeconds(10).toString());
  }

  @Test
  void aLongerDurationMovesTheEnd() {
    scene.pod(WEB, 7);
    scene.apply(loss(1, seconds(10), WEB)).at(0);
    scene.apply(loss(2, seconds(30), WEB)).at(4);
    assertThat(scene.injections.getFirst().steps()).endsWith("endIn PT26S");
    assertThat(scene.status().observedGeneration()).isEqualTo(2);
  }

  @Test
  void stopEndsAllPodsAndKeepsTheCounts() {
    scene.pod(WEB, 7);
    scene.pod(DB, 8);
    scene.apply(loss(1, seconds(10), WEB, DB)).at(0);
    scene.injections.forEach(one -> one.reports(List.of(report(Direction.EGRESS, 100, 5))));
    scene.apply(stopped(2, WEB, DB)).at(3);
    assertThat(scene.injections)
        .allSatisfy(one -> assertThat(one.steps()).endsWith("disarm", "close"));
    assertThat(scene.status().pods())
        .hasSize(2)
        .allSatisfy(
            row -> {
              assertThat(row.phase()).isEqualTo(Phase.Ended);
              assertThat(row.rules()).extracting(rule -> rule.hit().packets()).containsExactly(5L);
            });
  }

  @Test
  void allPodsAreWithoutEffectBeforeTheFirstIsTakenOff() {
    scene.pod(WEB, 7);
    scene.pod(DB, 8);
    scene.apply(loss(1, seconds(10), WEB, DB)).at(0);
    scene.injections.getFirst().failing("close", new FaultException(Kind.INTERNAL, "stuck"));
    scene.apply(stopped(2, WEB, DB)).at(3);
    assertThat(scene.injections.getLast().steps()).endsWith("disarm", "close");
    assertThat(scene.status().notes()).singleElement().asString().contains("stuck");
  }

  @Test
  void aDeletedNodeFaultEndsWithoutAStatus() {
    scene.pod(WEB, 7);
    scene.apply(loss(1, seconds(10), WEB)).at(0);
    scene.tell(new Event.Deleted("a")).at(1);
    assertThat(scene.injections.getFirst().steps()).endsWith("disarm", "close");
    assertThat(scene.statuses).isEmpty();
  }

  @Test
  void anotherDocumentReplacesTheFirstWithoutAGap() {
    scene.pod(WEB, 7);
    scene.apply(loss(1, seconds(20), WEB)).at(0);
    scene.injections.getFirst().reports(List.of(report(Direction.EGRESS, 100, 5)));
    scene
        .apply(nodeFault("a", 2, spec(seconds(20), false, part("main", document("loss: 6%", WEB)))))
        .at(4);
    assertThat(scene.injections.getFirst().steps()).endsWith("disarm", "close");
    assertThat(scene.injections.getLast().steps()).startsWith("arm");
    assertThat(scene.row().timeline().uncoveredMillis()).isZero();
    assertThat(scene.row().rules()).extracting(rule -> rule.hit().packets()).containsExactly(5L);
  }

  @Test
  void whatIsOverIsNotInjected() {
    scene.pod(WEB, 7);
    scene.apply(loss(1, seconds(10), WEB)).at(11);
    assertThat(scene.injections).isEmpty();
    assertThat(scene.row().phase()).isEqualTo(Phase.Ended);
    assertThat(scene.row().message()).isEqualTo(NextStep.TOO_LATE);
  }

  @Test
  void aPodThatCannotBeInjectedSaysWhy() {
    scene.pod(WEB, 7);
    scene.refusals.add(new FaultException(Kind.USER, "it uses the network of its host"));
    scene.apply(loss(1, seconds(10), WEB)).at(0);
    scene.at(5);
    assertThat(scene.experiments).hasSize(1);
    assertThat(scene.row().phase()).isEqualTo(Phase.Refused);
    assertThat(scene.row().message()).isEqualTo("it uses the network of its host");
  }

  @Test
  void theAgentsOwnPodIsNeverHit() {
    scene.pod(WEB, AgentScene.OWN);
    scene.apply(loss(1, seconds(10), WEB)).at(0);
    assertThat(scene.experiments).isEmpty();
    assertThat(scene.row().phase()).isEqualTo(Phase.Refused);
  }

  @Test
  void theStopSwitchEndsEverythingAndNothingReturns() {
    scene.pod(WEB, 7);
    scene.apply(loss(1, seconds(20), WEB)).at(0);
    scene.tell(new Event.StopSwitch(true)).at(1);
    assertThat(scene.row().phase()).isEqualTo(Phase.Ended);
    assertThat(scene.row().message()).isEqualTo(Agent.SWITCHED_OFF);
    scene.tell(new Event.StopSwitch(false)).at(2);
    assertThat(scene.injections).hasSize(1);
  }

  @Test
  void aClockThatIsWrongRefusesWithASentence() {
    scene.pod(WEB, 7);
    scene.offset = new ClockOffset(seconds(0.7), seconds(0.8));
    scene.apply(loss(1, seconds(20), WEB)).at(0);
    assertThat(scene.row().phase()).isEqualTo(Phase.Refused);
    assertThat(scene.row().message()).contains("750 ms ahead");
    assertThat(scene.status().clockOffsetMillis()).isEqualTo(750);
  }

  @Test
  void countsAloneAreToldEveryFiveSecondsAndNothingNewNever() {
    scene.pod(WEB, 7);
    scene.apply(loss(1, seconds(60), WEB)).at(0);
    int before = scene.statuses.size();
    for (int second = 1; second <= 20; second++) {
      scene.at(second);
    }
    assertThat(scene.statuses).hasSize(before);
    for (int second = 21; second <= 40; second++) {
      scene.injections.getFirst().reports(List.of(report(Direction.EGRESS, second, 1)));
      scene.at(second);
    }
    assertThat(scene.statuses.size() - before).isEqualTo(4);
  }

  @Test
  void podsDecideEachForThemselvesAndTheSameAgain() {
    scene.pod(WEB, 7);
    scene.pod(DB, 8);
    String seeded = document("loss: 5%", WEB, DB) + "seed: 7\n";
    scene.apply(nodeFault("a", 1, spec(seconds(9), false, part("main", seeded)))).at(0);
    scene.apply(nodeFault("b", 1, spec(seconds(9), false, part("main", seeded)))).at(1);
    List<Long> seeds = scene.identities.stream().map(RunIdentity::seed).toList();
    assertThat(seeds).hasSize(4);
    assertThat(seeds.subList(0, 2)).doesNotHaveDuplicates().isEqualTo(seeds.subList(2, 4));
  }

  @Test
  void whatCannotBeUnderstoodIsToldAndTheRestWorks() {
    scene.pod(WEB, 7);
    scene
        .apply(
            nodeFault(
                "a",
                1,
                spec(
                    seconds(10),
                    false,
                    part("odd", document("lost: 5%", WEB)),
                    part("main", document("loss: 5%", WEB)))))
        .at(0);
    assertThat(scene.status().notes()).singleElement().asString().startsWith("part odd: ");
    assertThat(scene.status().pods()).extracting(PodFault::part).containsExactly("main");
  }

  @Test
  void peerSetsAreAskedForAndWaitedForAndFollowed() {
    scene.pod(WEB, 7);
    NodeFaultSpec.Part part =
        new NodeFaultSpec.Part("main", document("loss: 5%", WEB), false, List.of("set"));
    scene.apply(nodeFault("a", 1, spec(seconds(60), false, part))).at(0);
    assertThat(scene.neededPeers).containsExactly("u");
    assertThat(scene.row().message()).isEqualTo("the peer set set is not there yet");
    scene.tell(new Event.Peers("u", Map.of("set", List.of("10.0.0.1")))).at(2);
    assertThat(scene.row().phase()).isEqualTo(Phase.Injecting);
    scene.tell(new Event.Peers("u", Map.of("set", List.of("10.0.0.2")))).at(4);
    assertThat(scene.experiments)
        .extracting(one -> one.traffic().peers().included().toString())
        .containsExactly("[10.0.0.1]", "[10.0.0.2]");
    assertThat(scene.injections.getFirst().steps()).endsWith("disarm", "close");
    scene.tell(new Event.Deleted("a")).at(5);
    assertThat(scene.neededPeers).isEmpty();
  }
}
