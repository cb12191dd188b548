// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.schedule;

import dev.squall.operator.api.schedule.ScheduleRules;
import dev.squall.operator.api.schedule.ScheduleRules.Run;
import dev.squall.operator.api.v1alpha1.ExperimentResource;
import dev.squall.operator.api.v1alpha1.ExperimentSchedule;
import dev.squall.operator.api.v1alpha1.ExperimentScheduleStatus;
import dev.squall.operator.api.v1alpha1.ExperimentStatus.Phase;
import dev.squall.operator.api.v1alpha1.SquallApi;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The experiments of schedules: those that one owns by its UID, in its own namespace.
public final class ScheduledExperiments {
  private static final String MANAGER = "squall-controller";
  private static final String SCHEDULE_UID = SquallApi.GROUP + "/schedule-uid";
  private static final int CONFLICT = 409;

  private final KubernetesClient client;
  private final Map<String, ExperimentScheduleStatus> written = new ConcurrentHashMap<>();

  public ScheduledExperiments(KubernetesClient client) {
    this.client = client;
  }

  /// All that a schedule has begun and that are still there.
  List<Run> of(ExperimentSchedule schedule) {
    return client
        .resources(ExperimentResource.class)
        .inNamespace(schedule.getMetadata().getNamespace())
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

  /// Begins one. Its name follows from the time, so that it is not begun twice.
  void create(ExperimentSchedule schedule, Instant due) {
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
    try {
      client.resource(experiment).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != CONFLICT) {
        throw e;
      }
    }
  }

  /// Ends and removes some.
  void remove(ExperimentSchedule schedule, List<Run> runs) {
    for (Run run : runs) {
      client
          .resources(ExperimentResource.class)
          .inNamespace(schedule.getMetadata().getNamespace())
          .withName(run.name())
          .delete();
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
    ExperimentSchedule patch = new ExperimentSchedule();
    patch.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(schedule.getMetadata().getNamespace())
            .withName(schedule.getMetadata().getName())
            .build());
    patch.setSpec(null);
    patch.setStatus(now);
    client
        .resource(patch)
        .subresource("status")
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(MANAGER)
                .withForce(true)
                .build());
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
