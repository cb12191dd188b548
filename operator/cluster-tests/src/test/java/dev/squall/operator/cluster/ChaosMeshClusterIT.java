// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.squall.operator.api.chaosmesh.ChaosMesh;
import dev.squall.operator.api.chaosmesh.Schedule;
import dev.squall.operator.api.chaosmesh.ScheduleStatus;
import io.fabric8.chaosmesh.v1alpha1.NetworkChaos;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Chaos Mesh's Schedules, and Chaos Mesh itself when it is there.
@NeedsCluster
class ChaosMeshClusterIT extends ControllerFixture {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String SCHEDULE =
      """
      apiVersion: chaos-mesh.org/v1alpha1
      kind: Schedule
      metadata: {name: often, namespace: %s}
      spec:
        schedule: "%s"
        historyLimit: 1
        concurrencyPolicy: Forbid
        type: NetworkChaos
        networkChaos:
          action: loss
          mode: all
          selector: {labelSelectors: {app: web}}
          loss: {loss: "5"}
          %s
      """;

  @AfterEach
  void removeChaos() {
    cluster.kubectl("-n", shop.name(), "delete", "schedule", "--all").successful();
    cluster
        .kubectl("-n", shop.name(), "delete", "networkchaos", "--all", "--timeout=20s")
        .successful();
  }

  private void schedule(String times, String more) {
    cluster.apply(SCHEDULE.formatted(shop.name(), times, more)).successful();
  }

  private List<NetworkChaos> runs() {
    return cluster
        .client()
        .resources(NetworkChaos.class)
        .inNamespace(shop.name())
        .list()
        .getItems();
  }

  private List<String> names() {
    return runs().stream().map(run -> run.getMetadata().getName()).toList();
  }

  private ScheduleStatus status() {
    Schedule schedule =
        cluster
            .client()
            .resources(Schedule.class)
            .inNamespace(shop.name())
            .withName("often")
            .require();
    return schedule.getStatus() == null ? ScheduleStatus.EMPTY : schedule.getStatus();
  }

  private Set<String> told() {
    TestExperiment chaos = new TestExperiment(cluster, shop.name(), "run", system.name());
    return chaos.told(runs().getFirst().getMetadata().getUid());
  }

  private void annotateSchedule(String change) {
    cluster.kubectl("-n", shop.name(), "annotate", "schedule", "often", change).successful();
  }

  @Test
  void runsBeginOneAfterTheOtherAndTheLatestIsKept() {
    schedule("*/2 * * * * *", "duration: 1s");
    await().atMost(PATIENCE).until(() -> status().time() != null);
    await().atMost(PATIENCE).until(() -> !status().active().isEmpty());
    NetworkChaos run = runs().getFirst();
    assertThat(run.getMetadata().getName()).startsWith("often-");
    assertThat(run.getMetadata().getLabels()).containsEntry(ChaosMesh.MANAGED_BY, "often");
    assertThat(run.getMetadata().getOwnerReferences())
        .extracting(OwnerReference::getKind, OwnerReference::getController)
        .containsExactly(tuple("Schedule", true));
    // One that is over, and one that goes on.
    await()
        .atMost(PATIENCE)
        .until(() -> runs().size() == 2 && !names().contains(run.getMetadata().getName()));
    assertThat(status().active())
        .allSatisfy(active -> assertThat(active.getName()).startsWith("often-"));
    assertThat(reasonsOfEvents()).contains("Spawned");
  }

  @Test
  void whatStillRunsForbidsTheNextAndIsPausedWithItsSchedule() {
    startPods();
    schedule("@every 2s", "");
    await().atMost(PATIENCE).until(() -> runs().size() == 1 && told().equals(bothPods()));
    await().atMost(PATIENCE).until(() -> reasonsOfEvents().contains("Forbid"));
    assertThat(runs()).hasSize(1);
    annotateSchedule(ChaosMesh.PAUSE + "=true");
    await().atMost(PATIENCE).until(() -> told().isEmpty());
    assertThat(runs().getFirst().getMetadata().getAnnotations())
        .containsEntry(ChaosMesh.PAUSE, "true");
    annotateSchedule(ChaosMesh.PAUSE + "-");
    await().atMost(PATIENCE).until(() -> told().equals(bothPods()));
    assertThat(runs()).hasSize(1);
  }

  @Test
  void itsObjectsAreLeftToChaosMeshWhileThatIsReady() throws IOException {
    startPods();
    Deployment rival = shop.deploy("chaos-controller-manager", "exec sleep 1000");
    controller.awaitEnd();
    controller = ControllerProcess.start(cluster, system.name(), "stands-down");
    schedule("* * * * * *", "duration: 1s");
    await().atMost(PATIENCE).until(() -> reasonsOfEvents().contains("LeftToChaosMesh"));
    assertThat(runs()).isEmpty();
    cluster.client().resource(rival).delete();
    controller.awaitEnd();
    controller = ControllerProcess.start(cluster, system.name(), "steps-in");
    await().atMost(PATIENCE).until(() -> !runs().isEmpty());
  }
}
