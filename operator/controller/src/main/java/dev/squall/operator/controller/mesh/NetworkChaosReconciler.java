// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.mesh;

import dev.squall.experiment.cluster.Membership;
import dev.squall.operator.api.chaosmesh.ChaosMesh;
import dev.squall.operator.api.chaosmesh.ChaosObservation;
import dev.squall.operator.api.chaosmesh.ChaosProgress;
import dev.squall.operator.api.chaosmesh.ChaosStatus;
import dev.squall.operator.api.chaosmesh.NetworkChaosMeaning;
import dev.squall.operator.api.chaosmesh.ScheduleRuns;
import dev.squall.operator.api.v1alpha1.ExperimentReference;
import dev.squall.operator.controller.plan.Subject;
import dev.squall.operator.controller.run.Changes;
import dev.squall.operator.controller.run.RunEngine;
import dev.squall.operator.controller.run.RunEngine.Outcome;
import dev.squall.operator.controller.run.RunReport;
import io.fabric8.chaosmesh.v1alpha1.NetworkChaos;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Takes each NetworkChaos one step further whenever something about it has changed.
@ControllerConfiguration(name = "networkchaos")
public final class NetworkChaosReconciler implements Reconciler<NetworkChaos> {
  /// Of the references to these objects.
  public static final String KIND = "NetworkChaos";

  /// The second one is for a machine that is very busy.
  private static final List<Long> LOOK_AGAIN_MILLIS = List.of(100L, 3000L);

  private final RunEngine engine;
  private final Changes changes;
  private final ChaosStatusWriter statuses;
  private final RecordsFinalizer finalizer;
  private final Membership membership;
  private final Clock clock;

  /// @param membership what becomes of pods that appear while faults happen
  public NetworkChaosReconciler(
      RunEngine engine,
      Changes changes,
      ChaosStatusWriter statuses,
      RecordsFinalizer finalizer,
      Membership membership,
      Clock clock) {
    this.engine = engine;
    this.changes = changes;
    this.statuses = statuses;
    this.finalizer = finalizer;
    this.membership = membership;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, NetworkChaos>> prepareEventSources(
      EventSourceContext<NetworkChaos> context) {
    ChaosChanges source = new ChaosChanges(context.getPrimaryCache());
    changes.tell(KIND, chaos -> source.of(new ResourceID(chaos.name(), chaos.namespace())));
    return List.of(source);
  }

  @Override
  public UpdateControl<NetworkChaos> reconcile(NetworkChaos chaos, Context<NetworkChaos> context) {
    if (!context.isPrimaryResourceDeleted()) {
      return look(chaos);
    }
    statuses.forget(chaos.getMetadata().getUid());
    lookForTheNext(reference(chaos));
    // This may be the next one already, taken for the one that is gone.
    NetworkChaos there = context.getClient().resource(chaos).get();
    return there == null ? UpdateControl.noUpdate() : look(there);
  }

  private UpdateControl<NetworkChaos> look(NetworkChaos chaos) {
    if (chaos.isMarkedForDeletion()) {
      return end(chaos);
    }
    if (!finalizer.isSet(chaos)) {
      finalizer.add(chaos);
    }
    return advance(chaos, chaos.getMetadata().getUid());
  }

  /// While it tells of a deletion, the operator SDK forgets events of an object that has come under
  /// the same name meanwhile, and when it is to be looked at again.
  private void lookForTheNext(ExperimentReference gone) {
    for (long millis : LOOK_AGAIN_MILLIS) {
      CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)
          .execute(() -> changes.of(gone));
    }
  }

  private UpdateControl<NetworkChaos> advance(NetworkChaos chaos, String uid) {
    ChaosStatus before = statuses.before(chaos);
    if (before.hasEnded()) {
      engine.clearIfAny(uid);
      return UpdateControl.noUpdate();
    }
    NetworkChaosMeaning meaning;
    try {
      meaning = NetworkChaosMeaning.of(chaos, membership);
    } catch (IllegalArgumentException e) {
      refuse(chaos, before, String.valueOf(e.getMessage()));
      return UpdateControl.noUpdate();
    }
    Outcome outcome = engine.advance(subject(chaos, meaning));
    ChaosObservation seen =
        new ChaosObservations(
                outcome.report(), before, isPaused(chaos), meaning.remarks(), clock.instant())
            .observation();
    statuses.write(chaos, reference(chaos), ChaosProgress.next(before, seen));
    if (outcome.report().phase() == RunReport.Phase.ENDED) {
      engine.clearIfAny(uid);
    }
    Instant again = outcome.again();
    UpdateControl<NetworkChaos> control = UpdateControl.noUpdate();
    return again == null ? control : control.rescheduleAfter(millisUntil(again));
  }

  private void refuse(NetworkChaos chaos, ChaosStatus before, String why) {
    ChaosObservation seen = ChaosObservation.refused(why, clock.instant());
    statuses.write(chaos, reference(chaos), ChaosProgress.next(before, seen));
  }

  private static Subject subject(NetworkChaos chaos, NetworkChaosMeaning meaning) {
    return new Subject(
        reference(chaos),
        Instant.parse(chaos.getMetadata().getCreationTimestamp()),
        isPaused(chaos),
        meaning.experiment());
  }

  private UpdateControl<NetworkChaos> end(NetworkChaos chaos) {
    UpdateControl<NetworkChaos> control = UpdateControl.noUpdate();
    if (!finalizer.isSet(chaos)) {
      return control;
    }
    Instant again = engine.finish(chaos.getMetadata().getUid());
    if (again != null && !RecordsFinalizer.isForced(chaos)) {
      return control.rescheduleAfter(millisUntil(again));
    }
    finalizer.remove(chaos);
    return control;
  }

  private long millisUntil(Instant instant) {
    return Math.max(1, Duration.between(clock.instant(), instant).toMillis());
  }

  private static boolean isPaused(NetworkChaos chaos) {
    return ScheduleRuns.isTrue(chaos.getMetadata().getAnnotations(), ChaosMesh.PAUSE);
  }

  private static ExperimentReference reference(NetworkChaos chaos) {
    ObjectMeta metadata = chaos.getMetadata();
    return new ExperimentReference(
        KIND, metadata.getNamespace(), metadata.getName(), metadata.getUid());
  }
}
