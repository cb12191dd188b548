// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.squall.operator.api.v1alpha1.ConditionType;
import dev.squall.operator.api.v1alpha1.ExperimentStatus;
import dev.squall.operator.api.v1alpha1.PodFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What the controller makes of experiments, and of pods that come and go.
@NeedsCluster
class ControllerClusterIT extends ControllerFixture {
  @Test
  void bothNodesAreTold() {
    startPods();
    TestExperiment experiment = apply(LOSS);
    Instant applied = Instant.now();
    await().pollInterval(Duration.ofMillis(20)).until(() -> experiment.nodeFaults().size() == 2);
    Duration time = Duration.between(applied, Instant.now());
    System.out.println("apply to NodeFaults on both nodes: " + time.toMillis() + " ms");
    assertThat(time).isLessThan(Duration.ofSeconds(5));
    assertThat(experiment.told()).isEqualTo(bothPods());
    assertThat(experiment.nodeFaults())
        .extracting(fault -> fault.getSpec().startAt())
        .containsOnly(
            experiment.await(now -> now.timeline().startedAt() != null).timeline().startedAt());
    assertThat(experiment.nodeFaults())
        .allSatisfy(
            fault -> assertThat(fault.getSpec().durationMillis()).isBetween(20_000L, 60_000L));
  }

  @Test
  void theStatusAddsUpWhatNodesReport() {
    startPods();
    TestExperiment experiment = apply(LOSS);
    experiment.await(status -> status.progress().phase() == ExperimentStatus.Phase.Running);
    assertThat(experiment.condition(ConditionType.Injected)).isEqualTo("False InProgress");
    experiment.report(PodFault.Phase.Injecting, 21);
    ExperimentStatus status =
        experiment.await(now -> now.reach().pods() != null && now.reach().pods().injecting() == 2);
    assertThat(status.progress().hit()).isEqualTo(42);
    assertThat(status.counts())
        .singleElement()
        .satisfies(count -> assertThat(count.matched().packets()).isEqualTo(200));
    assertThat(experiment.condition(ConditionType.Injected)).isEqualTo("True AllInjecting");
    assertThat(status.progress().summary()).contains("loss 5% on 2 pods", "42 packets hit");
  }

  @Test
  void nodesFollowPodsThatComeAndGo() {
    startPods();
    TestExperiment experiment = apply(LOSS);
    await().until(() -> experiment.told().equals(bothPods()));
    List<String> starts =
        experiment.nodeFaults().stream().map(fault -> fault.getSpec().startAt()).toList();
    shop.start("web-3", Map.of("app", "web"), cluster.nodes().getFirst());
    await().atMost(Duration.ofSeconds(30)).until(() -> experiment.told().size() == 3);
    cluster.client().pods().inNamespace(shop.name()).withName("web-2").delete();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                experiment
                    .told()
                    .equals(
                        Set.of(
                            pod("web-1", cluster.nodes().getFirst()),
                            pod("web-3", cluster.nodes().getFirst()))));
    assertThat(experiment.nodeFaults())
        .extracting(fault -> fault.getSpec().startAt())
        .containsExactlyElementsOf(starts);
  }

  @Test
  void deletionCompletesWithoutAnAgent() {
    startPods();
    TestExperiment silent = apply(LOSS);
    await().until(() -> silent.nodeFaults().size() == 2);
    String uid = silent.resource().require().getMetadata().getUid();
    Duration time = silent.delete();
    assertThat(time).isBetween(Duration.ofMillis(1500), Duration.ofSeconds(10));
    assertThat(silent.nodeFaults(uid)).isEmpty();
  }

  @Test
  void aDeletionThatAllNodesConfirmIsCompleteAtOnce() {
    startPods();
    List<Duration> times = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      times.add(confirmedDeletion(TestExperiment.apply(shop, system.name(), "short-" + i, LOSS)));
    }
    System.out.println("confirmed by all nodes to gone: " + times);
    assertThat(times.stream().sorted().toList().get(1)).isLessThan(Duration.ofMillis(700));
  }

  /// With all the news in between that agents have.
  private static Duration confirmedDeletion(TestExperiment experiment) {
    await().until(() -> experiment.nodeFaults().size() == 2);
    String uid = experiment.resource().require().getMetadata().getUid();
    experiment.report(PodFault.Phase.Prepared, 0);
    experiment.report(PodFault.Phase.Injecting, 1);
    experiment.resource().delete();
    await()
        .pollInterval(Duration.ofMillis(20))
        .until(() -> experiment.nodeFaults(uid).stream().allMatch(one -> one.getSpec().stop()));
    experiment.report(experiment.nodeFaults(uid), PodFault.Phase.Injecting, 2);
    experiment.report(experiment.nodeFaults(uid), PodFault.Phase.Ended, 3);
    Instant confirmed = Instant.now();
    await().pollInterval(Duration.ofMillis(20)).until(() -> experiment.resource().get() == null);
    return Duration.between(confirmed, Instant.now());
  }

  @Test
  void itEndsWithItsDurationAndNothingIsLeft() {
    startPods();
    TestExperiment experiment = apply(LOSS + "duration: 4s\n");
    await().until(() -> experiment.nodeFaults().size() == 2);
    experiment.report(PodFault.Phase.Injecting, 5);
    Instant end =
        Instant.parse(experiment.await(now -> now.timeline().endsAt() != null).timeline().endsAt());
    await().until(() -> !Instant.now().isBefore(end));
    experiment.report(PodFault.Phase.Ended, 5);
    ExperimentStatus status =
        experiment.await(now -> now.progress().phase() == ExperimentStatus.Phase.Ended);
    // Without a word from the nodes it would be over 2 seconds later.
    assertThat(Instant.parse(status.timeline().endedAt())).isBetween(end, end.plusMillis(1200));
    assertThat(status.progress().hit()).isEqualTo(10);
    assertThat(experiment.condition(ConditionType.Recovered)).isEqualTo("True TimeUp");
    await().until(() -> experiment.nodeFaults().isEmpty());
  }

  @Test
  void aPauseTakesPodsOffAndResumingPutsTheSameOnAgain() {
    startPods();
    TestExperiment experiment =
        apply(
            """
            targets: [{selector: {labels: {app: web}}, mode: one}]
            faults: [{loss: 5%}]
            """);
    await().until(() -> experiment.told().size() == 1);
    Set<String> before = experiment.told();
    annotate("squall.dev/pause=true");
    await().until(() -> experiment.told().isEmpty());
    assertThat(experiment.await(now -> now.progress().phase() == ExperimentStatus.Phase.Paused))
        .isNotNull();
    assertThat(experiment.condition(ConditionType.Paused)).isEqualTo("True Annotated");
    annotate("squall.dev/pause-");
    await().until(() -> experiment.told().equals(before));
  }

  @Test
  void whoHitsNobodySaysSoWithinTwoSecondsAndBeginsWhenAPodAppears() {
    TestExperiment experiment = apply(LOSS);
    Instant applied = Instant.now();
    await()
        .pollInterval(Duration.ofMillis(20))
        .until(() -> experiment.condition(ConditionType.Selected).equals("False NoPods"));
    assertThat(Duration.between(applied, Instant.now())).isLessThan(Duration.ofSeconds(10));
    await().until(() -> reasonsOfEvents().contains("NoPods"));
    startPods();
    await().atMost(Duration.ofSeconds(10)).until(() -> experiment.told().equals(bothPods()));
  }

  @Test
  void aClosedNamespaceIsNotHitUntilItIsOpened() {
    startPods();
    cluster.kubectl("label", "namespace", shop.name(), "squall.dev/inject-").successful();
    TestExperiment experiment = apply(LOSS);
    experiment.await(status -> status.progress().phase() == ExperimentStatus.Phase.Pending);
    assertThat(experiment.condition(ConditionType.Selected)).isEqualTo("False NamespaceNotOpen");
    assertThat(experiment.message(ConditionType.Selected))
        .contains("kubectl label namespace " + shop.name() + " squall.dev/inject=enabled");
    assertThat(experiment.nodeFaults()).isEmpty();
    cluster.kubectl("label", "namespace", shop.name(), "squall.dev/inject=enabled").successful();
    await().until(() -> experiment.nodeFaults().size() == 2);
  }
}
