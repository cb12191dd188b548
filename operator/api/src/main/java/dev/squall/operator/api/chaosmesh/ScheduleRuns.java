// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.chaosmesh;

import dev.squall.operator.api.chaosmesh.ChaosStatus.DesiredPhase;
import dev.squall.operator.api.chaosmesh.ChaosStatus.Phase;
import dev.squall.operator.api.schedule.ScheduleRules;
import io.fabric8.chaosmesh.v1alpha1.NetworkChaos;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What a Schedule has created. Its runs are those that it owns by its UID, in its own namespace:
/// another one of the same name, elsewhere or earlier, has nothing to do with them.
public final class ScheduleRuns {
  private ScheduleRuns() {}

  /// Whether a Schedule has created it.
  public static boolean owns(Schedule schedule, NetworkChaos chaos) {
    ObjectMeta owner = schedule.getMetadata();
    ObjectMeta owned = chaos.getMetadata();
    return Objects.equals(owner.getNamespace(), owned.getNamespace())
        && owned.getOwnerReferences().stream()
            .anyMatch(reference -> reference.getUid().equals(owner.getUid()));
  }

  /// A run for the rules. It is over when it is to be off, not only for a pause, and nothing of it
  /// is left. The status says whether it is paused: the annotation stays on what has ended for good
  /// meanwhile, and may be gone before it is acted on.
  public static ScheduleRules.Run of(NetworkChaos chaos, ChaosStatus status) {
    boolean over =
        !status.isTrue("Paused")
            && status.experiment().desiredPhase() == DesiredPhase.STOP
            && status.experiment().containerRecords().stream()
                .allMatch(one -> one.phase() == Phase.NOT_INJECTED);
    return new ScheduleRules.Run(
        chaos.getMetadata().getName(),
        Instant.parse(chaos.getMetadata().getCreationTimestamp()),
        over);
  }

  /// Whether an annotation is there with the value `true`, exactly.
  public static boolean isTrue(Map<String, String> annotations, String name) {
    return annotations != null && "true".equals(annotations.get(name));
  }

  /// A new run.
  ///
  /// @param due the time that it is for
  public static NetworkChaos create(Schedule schedule, Instant due) {
    ObjectMeta owner = schedule.getMetadata();
    NetworkChaos chaos = new NetworkChaos();
    chaos.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(owner.getNamespace())
            .withName(ScheduleRules.runName(owner.getName(), owner.getUid(), due))
            .addToLabels(ChaosMesh.MANAGED_BY, owner.getName())
            .withOwnerReferences(
                List.of(
                    new OwnerReferenceBuilder()
                        .withApiVersion(ChaosMesh.GROUP + "/" + ChaosMesh.VERSION)
                        .withKind("Schedule")
                        .withName(owner.getName())
                        .withUid(owner.getUid())
                        .withController(true)
                        .withBlockOwnerDeletion(true)
                        .build()))
            .build());
    chaos.setSpec(schedule.getSpec().networkChaos());
    return chaos;
  }
}
