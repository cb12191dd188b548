// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.schedule;

import dev.squall.operator.api.schedule.ScheduleRules;
import dev.squall.operator.api.schedule.ScheduleRules.Run;
import dev.squall.operator.api.v1alpha1.ExperimentResource;
import dev.squall.operator.api.v1alpha1.ExperimentSchedule;
import dev.squall.operator.api.v1alpha1.ExperimentScheduleStatus;
import dev.squall.operator.api.v1alpha1.ExperimentStatus.Phase;
import dev.squall.operator.api.v1alpha1.SquallApi;
import dev.squall.operator.controller.run.Writes;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The experiments of schedules: those that one owns by its UID, in its own namespace.
public final class ScheduledExperiments {
  private static final String SCHEDULE_UID = SquallApi.GROUP + "/schedule-uid";

  private final KubernetesClient client;
  private final Map<String, ExperimentScheduleStatus> written = new ConcurrentHashMap<>();

  public ScheduledExperiments(KubernetesClient client) {
    this.client = client;
  }

  /// The runs of a schedule.
  ScheduleTurn.Runs of(ExperimentSchedule schedule) {
    return new Owned(client, schedule);
  }

  private record Owned(KubernetesClient client, ExperimentSchedule schedule)
      implements ScheduleTurn.Runs {
    @Override
    public List<Run> all() {
      return experiments()
          .withLabel(SCHEDULE_UID, schedule.getMetadata().getUid())
          .list()
          .getItems()
          .stream()
          .map(
              experiment ->
                  new Run(
                      experiment.getMetadata().getName(),
                      Instant.parse(experiment.getMetadata().getCreationTimestamp()),
                      isOver(experiment)))
          .toList();
    }

    /// Its name follows from the time, so that it is not begun twice.
    @Override
    public void create(Instant due) {
      ObjectMeta owner = schedule.getMetadata();
      ExperimentResource experiment = new ExperimentResource();
      experiment.setMetadata(
          new ObjectMetaBuilder()
              .withNamespace(owner.getNamespace())
              .withName(ScheduleRules.runName(owner.getName(), owner.getUid(), due))
              .addToLabels(SCHEDULE_UID, owner.getUid())
              .withOwnerReferences(
                  new OwnerReferenceBuilder()
                      .withApiVersion(SquallApi.GROUP + "/" + SquallApi.VERSION)
                      .withKind("ExperimentSchedule")
                      .withName(owner.getName())
                      .withUid(owner.getUid())
                      .withController(true)
                      .build())
              .build());
      experiment.setSpec(schedule.getSpec().template());
      experiment.setStatus(null);
      Writes.createOnce(client, experiment);
    }

    @Override
    public void remove(Run run) {
      experiments().withName(run.name()).delete();
    }

    private NonNamespaceOperation<
            ExperimentResource,
            KubernetesResourceList<ExperimentResource>,
            Resource<ExperimentResource>>
        experiments() {
      return client
          .resources(ExperimentResource.class)
          .inNamespace(schedule.getMetadata().getNamespace());
    }
  }

  /// The schedule's status as it is.
  ExperimentScheduleStatus before(ExperimentSchedule schedule) {
    ExperimentScheduleStatus known = written.get(schedule.getMetadata().getUid());
    if (known != null) {
      return known;
    }
    return schedule.getStatus() == null ? ExperimentScheduleStatus.EMPTY : schedule.getStatus();
  }

  /// Writes the schedule's status if it has changed.
  void write(ExperimentSchedule schedule, ExperimentScheduleStatus now) {
    if (now.equals(before(schedule))) {
      return;
    }
    Writes.status(client, new ExperimentSchedule(), schedule.getMetadata(), now);
    written.put(schedule.getMetadata().getUid(), now);
  }

  private static boolean isOver(ExperimentResource experiment) {
    if (experiment.getStatus() == null) {
      return false;
    }
    Phase phase = experiment.getStatus().progress().phase();
    return phase == Phase.Ended || phase == Phase.Failed;
  }
}
