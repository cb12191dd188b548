// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.experiment;

import dev.squall.operator.api.v1alpha1.ExperimentMapper;
import dev.squall.operator.api.v1alpha1.ExperimentReference;
import dev.squall.operator.api.v1alpha1.ExperimentResource;
import dev.squall.operator.api.v1alpha1.ExperimentStatus;
import dev.squall.operator.api.v1alpha1.ExperimentStatus.Phase;
import dev.squall.operator.api.v1alpha1.InvalidResourceException;
import dev.squall.operator.api.v1alpha1.SquallApi;
import dev.squall.operator.controller.plan.Subject;
import dev.squall.operator.controller.run.Changes;
import dev.squall.operator.controller.run.RunEngine;
import dev.squall.operator.controller.run.RunEngine.Outcome;
import dev.squall.operator.controller.run.RunReport;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Takes each Experiment one step further whenever something about it has changed.
@ControllerConfiguration(name = "experiment", finalizerName = ExperimentReconciler.FINALIZER)
public final class ExperimentReconciler
    implements Reconciler<ExperimentResource>, Cleaner<ExperimentResource> {
  /// Holds an Experiment back until nothing of it is attached anywhere.
  public static final String FINALIZER = "squall.dev/faults";

  /// Of the references to these objects.
  public static final String KIND = "Experiment";

  private final RunEngine engine;
  private final Changes changes;
  private final StatusWriter statuses;
  private final Clock clock;

  public ExperimentReconciler(
      RunEngine engine, Changes changes, StatusWriter statuses, Clock clock) {
    this.engine = engine;
    this.changes = changes;
    this.statuses = statuses;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, ExperimentResource>> prepareEventSources(
      EventSourceContext<ExperimentResource> context) {
    SimpleInboundEventSource<ExperimentResource> source = new SimpleInboundEventSource<>("changes");
    changes.tell(
        KIND,
        experiment ->
            source.propagateEvent(new ResourceID(experiment.name(), experiment.namespace())));
    return List.of(source);
  }

  @Override
  public UpdateControl<ExperimentResource> reconcile(
      ExperimentResource resource, Context<ExperimentResource> context) {
    ExperimentStatus before = statuses.before(resource);
    Phase phase = before.progress().phase();
    if (phase == Phase.Ended || phase == Phase.Failed) {
      engine.clearIfAny(resource.getMetadata().getUid());
      return UpdateControl.noUpdate();
    }
    Subject subject;
    try {
      subject = subject(resource);
    } catch (InvalidResourceException e) {
      return write(
          resource,
          StatusWords.invalid(resource, before, String.valueOf(e.getMessage()), clock.instant()),
          null);
    }
    Outcome outcome = engine.advance(subject);
    ExperimentStatus now =
        new StatusWords(resource, before, subject, outcome.report(), clock.instant()).status();
    UpdateControl<ExperimentResource> control = write(resource, now, outcome.again());
    if (outcome.report().phase() == RunReport.Phase.ENDED) {
      engine.clearIfAny(resource.getMetadata().getUid());
    }
    return control;
  }

  @Override
  public DeleteControl cleanup(ExperimentResource resource, Context<ExperimentResource> context) {
    Instant again = engine.finish(resource.getMetadata().getUid());
    if (again == null) {
      statuses.forget(resource.getMetadata().getUid());
      return DeleteControl.defaultDelete();
    }
    return DeleteControl.noFinalizerRemoval().rescheduleAfter(millisUntil(again));
  }

  private UpdateControl<ExperimentResource> write(
      ExperimentResource resource, ExperimentStatus now, @Nullable Instant again) {
    statuses.write(resource, reference(resource), now);
    UpdateControl<ExperimentResource> control = UpdateControl.noUpdate();
    return again == null ? control : control.rescheduleAfter(millisUntil(again));
  }

  private long millisUntil(Instant instant) {
    return Math.max(1, Duration.between(clock.instant(), instant).toMillis());
  }

  private static Subject subject(ExperimentResource resource) {
    ObjectMeta metadata = resource.getMetadata();
    Map<String, String> annotations =
        metadata.getAnnotations() == null ? Map.of() : metadata.getAnnotations();
    return new Subject(
        reference(resource),
        Instant.parse(metadata.getCreationTimestamp()),
        "true".equals(annotations.get(SquallApi.PAUSE)),
        ExperimentMapper.experiment(resource));
  }

  private static ExperimentReference reference(ExperimentResource resource) {
    ObjectMeta metadata = resource.getMetadata();
    return new ExperimentReference(
        KIND, metadata.getNamespace(), metadata.getName(), metadata.getUid());
  }
}
