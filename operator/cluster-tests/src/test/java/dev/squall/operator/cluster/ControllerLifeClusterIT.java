// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.squall.operator.api.v1alpha1.ConditionType;
import dev.squall.operator.api.v1alpha1.ExperimentStatus;
import dev.squall.operator.api.v1alpha1.PodFault;
import dev.squall.operator.api.v1alpha1.SquallPolicy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The stop switch, restarts, several controllers; other kinds of objects.
@NeedsCluster
class ControllerLifeClusterIT extends ControllerFixture {
  @Test
  void theStopSwitchEndsWhatRunsAndHoldsBackWhatComes() {
    startPods();
    TestExperiment running = apply(LOSS);
    await().until(() -> running.nodeFaults().size() == 2);
    cluster
        .apply(
            "{apiVersion: squall.dev/v1alpha1, kind: SquallPolicy, metadata: {name: it}, spec: {stop: true}}")
        .successful();
    try {
      await().until(() -> running.nodeFaults().stream().allMatch(fault -> fault.getSpec().stop()));
      running.report(running.nodeFaults().subList(0, 1), PodFault.Phase.Ended, 5);
      String silent = running.nodeFaults().getLast().getSpec().nodeName();
      running.await(
          status -> running.message(ConditionType.Recovered).endsWith(": " + silent + "."));
      FaultCaseFixture.pause(Duration.ofSeconds(3));
      assertThat(running.status().progress().phase()).isEqualTo(ExperimentStatus.Phase.Ending);
      assertThat(running.condition(ConditionType.Recovered)).isEqualTo("False NotOver");
      running.report(PodFault.Phase.Ended, 5);
      Instant confirmed = Instant.now();
      running.await(status -> status.progress().phase() == ExperimentStatus.Phase.Ended);
      assertThat(Duration.between(confirmed, Instant.now())).isLessThan(Duration.ofMillis(1200));
      assertThat(running.condition(ConditionType.Recovered)).isEqualTo("True StopSwitch");
      assertThat(running.message(ConditionType.Recovered)).contains("ended for good");
      TestExperiment next = TestExperiment.apply(shop, system.name(), "next", LOSS);
      next.await(status -> status.progress().phase() == ExperimentStatus.Phase.Pending);
      assertThat(next.condition(ConditionType.Selected)).isEqualTo("False StopSwitch");
    } finally {
      cluster.client().resources(SquallPolicy.class).withName("it").delete();
    }
  }

  @Test
  void aRestartChangesNothingAndTwoControllersHaveOneLeader() throws IOException {
    startPods();
    TestExperiment experiment = apply(LOSS + "duration: 60s\n");
    await().until(() -> experiment.nodeFaults().size() == 2);
    List<String> before = versions(experiment.nodeFaults());
    try (ControllerProcess second = ControllerProcess.start(cluster, system.name(), "second")) {
      assertThat(second.wrote("leading")).isFalse();
      assertThat(controller.end()).isLessThan(Duration.ofSeconds(10));
      await().atMost(Duration.ofSeconds(30)).until(() -> second.wrote("leading"));
      shop.start("web-3", Map.of("app", "web"), cluster.nodes().getFirst());
      await().atMost(Duration.ofSeconds(30)).until(() -> experiment.told().size() == 3);
      assertThat(versions(experiment.nodeFaults())).containsAnyElementsOf(before);
    } finally {
      controller = ControllerProcess.start(cluster, system.name(), "third");
    }
  }

  @Test
  void anExperimentThatWasRobbedOfItsFinalizerLeavesNothing() throws IOException {
    startPods();
    TestExperiment experiment = apply(LOSS);
    await().until(() -> experiment.nodeFaults().size() == 2);
    String uid = experiment.resource().require().getMetadata().getUid();
    controller.kill();
    cluster
        .kubectl(
            "-n",
            shop.name(),
            "patch",
            "experiments",
            "loss",
            "--type=merge",
            "-p",
            "{\"metadata\":{\"finalizers\":null}}")
        .successful();
    experiment.resource().delete();
    controller = ControllerProcess.start(cluster, system.name(), "fourth");
    await().atMost(Duration.ofSeconds(40)).until(() -> experiment.nodeFaults(uid).isEmpty());
  }

  @Test
  void aNetworkChaosGoesTheSameWayAndReadsAsInChaosMesh() {
    startPods();
    cluster
        .apply(
            """
            apiVersion: chaos-mesh.org/v1alpha1
            kind: NetworkChaos
            metadata: {name: slow, namespace: %s}
            spec:
              action: delay
              mode: all
              selector: {labelSelectors: {app: web}}
              delay: {latency: 10ms}
            """
                .formatted(shop.name()))
        .successful();
    TestExperiment chaos = new TestExperiment(cluster, shop.name(), "slow", system.name());
    await().until(() -> chaos.told(chaosUid()).equals(bothPods()));
    chaos.report(chaos.nodeFaults(chaosUid()), PodFault.Phase.Injecting, 7);
    await()
        .until(
            () ->
                chaosStatus("{.status.conditions[?(@.type==\"AllInjected\")].status}")
                    .equals("True"));
    assertThat(chaosStatus("{.status.experiment.containerRecords[*].phase}"))
        .isEqualTo("Injected Injected");
    cluster
        .kubectl("-n", shop.name(), "delete", "networkchaos", "slow", "--timeout=10s")
        .successful();
  }

  @Test
  void aScheduleBeginsExperimentsAndKeepsTheLatest() {
    startPods();
    applySchedule("concurrencyPolicy: Replace", "");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> !scheduled("{.status.lastScheduleTime}").isEmpty());
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                cluster
                    .kubectl("-n", shop.name(), "get", "experiments", "-o", "name")
                    .text()
                    .startsWith("experiment.squall.dev/often-"));
    removeSchedule();
  }
}
