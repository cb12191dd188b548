// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.mesh;

import dev.squall.operator.api.chaosmesh.ChaosMesh;
import dev.squall.operator.api.chaosmesh.ChaosStatus;
import dev.squall.operator.api.chaosmesh.ChaosStatus.DesiredPhase;
import dev.squall.operator.api.v1alpha1.ExperimentReference;
import dev.squall.operator.controller.run.EventRecorder;
import dev.squall.operator.controller.run.EventRecorder.Tone;
import dev.squall.operator.controller.run.Writes;
import io.fabric8.chaosmesh.v1alpha1.NetworkChaos;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Writes the status of NetworkChaos when it has changed. It has no subresource: nothing but the
/// status is in the patch.
public final class ChaosStatusWriter {
  private static final String API_VERSION = ChaosMesh.GROUP + "/" + ChaosMesh.VERSION;

  private final KubernetesClient client;
  private final EventRecorder events;
  private final Map<String, ChaosStatus> written = new ConcurrentHashMap<>();

  public ChaosStatusWriter(KubernetesClient client, EventRecorder events) {
    this.client = client;
    this.events = events;
  }

  /// The status as it is.
  ChaosStatus before(NetworkChaos chaos) {
    ChaosStatus known = written.get(chaos.getMetadata().getUid());
    return known == null ? ChaosStatus.of(chaos, client.getKubernetesSerialization()) : known;
  }

  /// @throws io.fabric8.kubernetes.client.KubernetesClientException when it could not be written
  void write(NetworkChaos chaos, ExperimentReference about, ChaosStatus now) {
    ChaosStatus before = before(chaos);
    if (now.equals(before)) {
      return;
    }
    Writes.merge(client, NetworkChaos.class, chaos.getMetadata(), Map.of("status", now));
    written.put(about.uid(), now);
    tell(about, before, now);
  }

  /// Forgets one that is gone.
  void forget(String uid) {
    written.remove(uid);
  }

  private void tell(ExperimentReference about, ChaosStatus before, ChaosStatus now) {
    String remarks = reason(now, "Remarks");
    if (!remarks.isEmpty() && !remarks.equals(reason(before, "Remarks"))) {
      events.record(API_VERSION, about, Tone.Warning, "Remarks", remarks);
    }
    if (now.isTrue("AllInjected") && !before.isTrue("AllInjected")) {
      events.record(API_VERSION, about, Tone.Normal, "Applied", "The faults are on all pods.");
    }
    if (now.isTrue("AllRecovered") && !before.isTrue("AllRecovered")) {
      events.record(API_VERSION, about, Tone.Normal, "Recovered", "Nothing is attached any more.");
    }
    if (now.experiment().desiredPhase() == DesiredPhase.STOP
        && now.isTrue("Paused")
        && !before.isTrue("Paused")) {
      events.record(API_VERSION, about, Tone.Normal, "Paused", "Nothing is hit for now.");
    }
  }

  private static String reason(ChaosStatus status, String type) {
    return status.conditions().stream()
        .filter(one -> one.type().equals(type) && one.reason() != null)
        .map(ChaosStatus.Condition::reason)
        .findFirst()
        .orElse("");
  }
}
