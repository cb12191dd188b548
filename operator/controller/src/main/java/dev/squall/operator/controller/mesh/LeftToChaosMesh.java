// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.mesh;

import dev.squall.operator.api.chaosmesh.ChaosMesh;
import dev.squall.operator.api.chaosmesh.Schedule;
import dev.squall.operator.api.v1alpha1.ExperimentReference;
import dev.squall.operator.controller.run.EventRecorder;
import dev.squall.operator.controller.run.EventRecorder.Tone;
import io.fabric8.chaosmesh.v1alpha1.NetworkChaos;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;

/// Says of objects that Squall leaves them alone, because Chaos Mesh carries them out.
///
/// It says so in an Event, once: Chaos Mesh writes its whole status from what it has read before,
/// so that a condition of ours would be overwritten, and would make its own write fail meanwhile.
public final class LeftToChaosMesh {
  static final String REASON = "LeftToChaosMesh";
  private static final String MESSAGE =
      "Squall does nothing about this object while chaos-controller-manager is ready: Chaos Mesh"
          + " carries it out.";

  private LeftToChaosMesh() {}

  private static <T extends HasMetadata> UpdateControl<T> say(EventRecorder events, T object) {
    ObjectMeta metadata = object.getMetadata();
    events.recordOnce(
        ChaosMesh.GROUP + "/" + ChaosMesh.VERSION,
        new ExperimentReference(
            object.getKind(), metadata.getNamespace(), metadata.getName(), metadata.getUid()),
        Tone.Normal,
        REASON,
        MESSAGE);
    return UpdateControl.noUpdate();
  }

  /// Of NetworkChaos.
  @ControllerConfiguration(name = "networkchaos-left")
  public record Chaos(EventRecorder events) implements Reconciler<NetworkChaos> {
    @Override
    public UpdateControl<NetworkChaos> reconcile(
        NetworkChaos chaos, Context<NetworkChaos> context) {
      return say(events, chaos);
    }
  }

  /// Of Schedules.
  @ControllerConfiguration(name = "schedule-left")
  public record Schedules(EventRecorder events) implements Reconciler<Schedule> {
    @Override
    public UpdateControl<Schedule> reconcile(Schedule schedule, Context<Schedule> context) {
      return say(events, schedule);
    }
  }
}
