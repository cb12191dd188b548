// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.squall.operator.api.v1alpha1.ConditionType;
import dev.squall.operator.api.v1alpha1.ExperimentStatus;
import dev.squall.operator.api.v1alpha1.NodeFault;
import dev.squall.operator.api.v1alpha1.PodFault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What the controller makes of unlucky moments.
@NeedsCluster
class ControllerCaseClusterIT extends ControllerFixture {
  @Test
  void aLeaderThatWasHeldUpEndsAndChangesNothing() throws Exception {
    startPods();
    TestExperiment experiment = apply(LOSS + "duration: 120s\n");
    await().until(() -> experiment.nodeFaults().size() == 2);
    List<String> starts = starts(experiment);
    ControllerProcess held = controller;
    controller = ControllerProcess.start(cluster, system.name(), "second");
    held.signal("STOP");
    await().atMost(Duration.ofSeconds(60)).until(() -> controller.wrote("leading"));
    shop.start("web-3", Map.of("app", "web"), cluster.nodes().getFirst());
    await().atMost(Duration.ofSeconds(30)).until(() -> experiment.told().size() == 3);
    cluster.client().pods().inNamespace(shop.name()).withName("web-2").delete();
    await().atMost(Duration.ofSeconds(30)).until(() -> experiment.told().size() == 2);
    Set<String> told = experiment.told();
    held.signal("CONT");
    assertThat(held.process().waitFor(30, TimeUnit.SECONDS)).as("it has ended").isTrue();
    assertThat(controller.process().waitFor(5, TimeUnit.SECONDS)).as("the other too").isFalse();
    assertThat(experiment.told()).isEqualTo(told);
    assertThat(starts(experiment)).isSubsetOf(starts);
  }

  @Test
  void afterAnAbsenceNothingIsMadeUpForButTheLatestAndNothingThatIsOverBegins() throws IOException {
    startPods();
    applySchedule("concurrencyPolicy: Allow\n  historyLimit: 50", "duration: 1s");
    await().until(() -> !runs().isEmpty());
    controller.kill();
    int before = runs().size();
    TestExperiment late =
        TestExperiment.apply(shop, system.name(), "late", LOSS + "duration: 1s\n");
    pause(Duration.ofSeconds(10));
    controller = ControllerProcess.start(cluster, system.name(), "back");
    await().atMost(Duration.ofSeconds(20)).until(() -> runs().size() > before);
    pause(Duration.ofSeconds(3));
    List<String> runs = runs();
    Instant first = Instant.parse(runs.get(before));
    assertThat(runs.subList(before, runs.size()))
        .filteredOn(created -> Instant.parse(created).isBefore(first.plusSeconds(2)))
        .hasSizeLessThanOrEqualTo(2);
    assertThat(late.await(now -> now.progress().phase() == ExperimentStatus.Phase.Failed))
        .isNotNull();
    assertThat(late.status().timeline().startedAt()).isNull();
    removeSchedule();
  }

  @Test
  void theSameAgainChangesNothing() {
    startPods();
    TestExperiment experiment = apply(LOSS);
    await().until(() -> experiment.nodeFaults().size() == 2);
    List<String> uids = uids(experiment);
    apply(LOSS);
    pause(Duration.ofSeconds(2));
    assertThat(uids(experiment)).isEqualTo(uids);
  }

  @Test
  void whatBeganOnSomeNodesOnlySaysSoAndEndsOnAll() {
    startPods();
    TestExperiment experiment = apply(LOSS);
    await().until(() -> experiment.nodeFaults().size() == 2);
    experiment.report(experiment.nodeFaults().subList(0, 1), PodFault.Phase.Injecting, 3);
    ExperimentStatus status =
        experiment.await(now -> now.reach().pods() != null && now.reach().pods().injecting() == 1);
    assertThat(status.reach().pods().selected()).isEqualTo(2);
    assertThat(experiment.condition(ConditionType.Injected)).startsWith("False");
    String uid = experiment.resource().require().getMetadata().getUid();
    experiment.delete();
    assertThat(experiment.nodeFaults(uid)).isEmpty();
    assertThat(reasonsOfEvents()).contains("NotConfirmed");
  }

  @Test
  void moreThanTheBlastRadiusIsNotBegun() {
    startPods();
    TestExperiment experiment = apply(LOSS + "blastRadius: {pods: 1}\n");
    await()
        .until(
            () -> experiment.condition(ConditionType.Selected).equals("False BlastRadiusExceeded"));
    assertThat(experiment.nodeFaults()).isEmpty();
  }

  @Test
  void aScheduleThatIsWrongForAWhileKeepsWhenItRanLast() {
    applySchedule("concurrencyPolicy: Allow\n  historyLimit: 50", "duration: 1s");
    await().until(() -> !scheduled("{.status.lastScheduleTime}").isEmpty());
    cluster
        .kubectl(
            "-n",
            shop.name(),
            "patch",
            "experimentschedule",
            "often",
            "--type=merge",
            "-p",
            "{\"spec\": {\"schedule\": \"0 24 * * *\"}}")
        .successful();
    await()
        .until(() -> scheduled("{.status.conditions[?(@.type=='Failed')].status}").equals("True"));
    assertThat(scheduled("{.status.lastScheduleTime}")).isNotEmpty();
    removeSchedule();
  }

  /// When the schedule's runs were created, in order.
  private List<String> runs() {
    return cluster
        .kubectl(
            "-n",
            shop.name(),
            "get",
            "experiments",
            "--sort-by=.metadata.creationTimestamp",
            "-o",
            "jsonpath={range .items[?(@.metadata.ownerReferences)]}{.metadata.creationTimestamp} {end}")
        .text()
        .transform(text -> text.isEmpty() ? List.of() : List.of(text.split(" ", -1)));
  }

  private static List<String> starts(TestExperiment experiment) {
    return experiment.nodeFaults().stream().map(fault -> fault.getSpec().startAt()).toList();
  }

  private static List<String> uids(TestExperiment experiment) {
    return experiment.nodeFaults().stream()
        .map((NodeFault fault) -> fault.getMetadata().getUid())
        .sorted()
        .toList();
  }

  private static void pause(Duration time) {
    FaultCaseFixture.pause(time);
  }
}
