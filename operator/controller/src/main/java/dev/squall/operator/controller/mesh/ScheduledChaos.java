// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.mesh;

import dev.squall.operator.api.chaosmesh.ChaosMesh;
import dev.squall.operator.api.chaosmesh.ChaosStatus;
import dev.squall.operator.api.chaosmesh.Schedule;
import dev.squall.operator.api.chaosmesh.ScheduleRuns;
import dev.squall.operator.api.schedule.ScheduleRules.Run;
import dev.squall.operator.controller.run.Writes;
import dev.squall.operator.controller.schedule.ScheduleTurn;
import io.fabric8.chaosmesh.v1alpha1.NetworkChaos;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The runs of a Schedule of Chaos Mesh's.
record ScheduledChaos(KubernetesClient client, Schedule schedule) implements ScheduleTurn.Runs {
  /// Of a run that is paused because its Schedule is: the name of that.
  private static final String PAUSED_BY = "squall.dev/paused-by";

  @Override
  public List<Run> all() {
    return owned().stream().map(this::run).toList();
  }

  /// Its name follows from the time, so that it is not begun twice.
  @Override
  public void create(Instant due) {
    Writes.createOnce(client, ScheduleRuns.create(schedule, due));
  }

  @Override
  public void remove(Run run) {
    client
        .resources(NetworkChaos.class)
        .inNamespace(schedule.getMetadata().getNamespace())
        .withName(run.name())
        .delete();
  }

  /// What goes on is paused with its Schedule, and resumed with it. What somebody has paused by
  /// itself stays so.
  void follow(boolean paused) {
    for (NetworkChaos chaos : owned()) {
      Map<String, String> annotations = chaos.getMetadata().getAnnotations();
      boolean pausedBySchedule = annotations != null && annotations.containsKey(PAUSED_BY);
      if (paused && !ScheduleRuns.isTrue(annotations, ChaosMesh.PAUSE) && !run(chaos).over()) {
        annotate(chaos.getMetadata(), "true", schedule.getMetadata().getName());
      } else if (!paused && pausedBySchedule) {
        annotate(chaos.getMetadata(), null, null);
      }
    }
  }

  private void annotate(ObjectMeta run, @Nullable String pause, @Nullable String pausedBy) {
    Map<String, @Nullable String> annotations = new TreeMap<>();
    annotations.put(ChaosMesh.PAUSE, pause);
    annotations.put(PAUSED_BY, pausedBy);
    Writes.merge(
        client, NetworkChaos.class, run, Map.of("metadata", Map.of("annotations", annotations)));
  }

  private List<NetworkChaos> owned() {
    return client
        .resources(NetworkChaos.class)
        .inNamespace(schedule.getMetadata().getNamespace())
        .withLabel(ChaosMesh.MANAGED_BY, schedule.getMetadata().getName())
        .list()
        .getItems()
        .stream()
        .filter(chaos -> ScheduleRuns.owns(schedule, chaos))
        .toList();
  }

  private Run run(NetworkChaos chaos) {
    return ScheduleRuns.of(chaos, ChaosStatus.of(chaos, client.getKubernetesSerialization()));
  }
}
