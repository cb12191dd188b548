// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.run;

import dev.squall.operator.api.Sha256;
import dev.squall.operator.api.v1alpha1.ExperimentReference;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes Events, which `kubectl describe` shows. One that cannot be written is only logged.
public final class EventRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
  private static final String COMPONENT = "squall-controller";
  private static final int LONGEST_MESSAGE = 1024;
  private static final int HASH_BYTES = 8;

  private final KubernetesClient client;

  public EventRecorder(KubernetesClient client) {
    this.client = client;
  }

  /// How it sounds.
  public enum Tone {
    /// As it should be.
    Normal,
    /// Somebody may have to do something.
    Warning
  }

  /// @param reason one word in camel case
  /// @param message a sentence
  public void record(
      String apiVersion, ExperimentReference about, Tone tone, String reason, String message) {
    write(event(apiVersion, about, tone, reason, message));
  }

  /// The same, but not again while the first one is there, whoever has written that.
  public void recordOnce(
      String apiVersion, ExperimentReference about, Tone tone, String reason, String message) {
    Event event = event(apiVersion, about, tone, reason, message);
    event.getMetadata().setGenerateName(null);
    event
        .getMetadata()
        .setName(about.name() + "." + Sha256.hex(about.uid() + " " + reason, HASH_BYTES));
    write(event);
  }

  private void write(Event event) {
    try {
      Writes.createOnce(client, event);
    } catch (KubernetesClientException e) {
      LOG.warn("event not written reason={} problem={}", event.getReason(), e.getMessage());
    }
  }

  private static Event event(
      String apiVersion, ExperimentReference about, Tone tone, String reason, String message) {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    return new EventBuilder()
        .withNewMetadata()
        .withGenerateName(about.name() + ".")
        .withNamespace(about.namespace())
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(apiVersion)
        .withKind(about.kind())
        .withNamespace(about.namespace())
        .withName(about.name())
        .withUid(about.uid())
        .endInvolvedObject()
        .withType(tone.name())
        .withReason(reason)
        .withMessage(message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)))
        .withNewSource()
        .withComponent(COMPONENT)
        .endSource()
        .withFirstTimestamp(now)
        .withLastTimestamp(now)
        .withCount(1)
        .build();
  }
}
