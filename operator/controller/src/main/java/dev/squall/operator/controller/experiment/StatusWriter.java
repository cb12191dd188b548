// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.experiment;

import dev.squall.operator.api.v1alpha1.ExperimentReference;
import dev.squall.operator.api.v1alpha1.ExperimentResource;
import dev.squall.operator.api.v1alpha1.ExperimentStatus;
import dev.squall.operator.api.v1alpha1.SquallApi;
import dev.squall.operator.controller.run.EventRecorder;
import dev.squall.operator.controller.run.Writes;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Writes the status of Experiments when it has changed, and Events about what is new in it.
///
/// What was written last is remembered, because the watch brings it only a moment later.
public final class StatusWriter {
  private static final String API_VERSION = SquallApi.GROUP + "/" + SquallApi.VERSION;

  private final KubernetesClient client;
  private final EventRecorder events;
  private final Map<String, ExperimentStatus> written = new ConcurrentHashMap<>();

  public StatusWriter(KubernetesClient client, EventRecorder events) {
    this.client = client;
    this.events = events;
  }

  /// The status as it is.
  ExperimentStatus before(ExperimentResource resource) {
    ExperimentStatus known = written.get(resource.getMetadata().getUid());
    if (known != null) {
      return known;
    }
    return resource.getStatus() == null ? ExperimentStatus.EMPTY : resource.getStatus();
  }

  /// @throws io.fabric8.kubernetes.client.KubernetesClientException when it could not be written
  void write(ExperimentResource resource, ExperimentReference about, ExperimentStatus now) {
    ExperimentStatus before = before(resource);
    if (now.equals(before)) {
      return;
    }
    Writes.status(client, new ExperimentResource(), resource.getMetadata(), now);
    written.put(about.uid(), now);
    for (ExperimentEvents event : ExperimentEvents.between(before, now)) {
      events.record(API_VERSION, about, event.tone(), event.reason(), event.message());
    }
  }

  /// Forgets one that is gone.
  void forget(String uid) {
    written.remove(uid);
  }
}
