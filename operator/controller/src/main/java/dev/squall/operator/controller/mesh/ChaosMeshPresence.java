// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.mesh;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether Chaos Mesh itself carries out the objects of its kinds: two that do so would inject
/// everything twice, so Squall leaves them alone.
public final class ChaosMeshPresence implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChaosMeshPresence.class);
  private static final String CONTROLLER = "chaos-controller-manager";
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final KubernetesClient client;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("chaos-mesh-presence").daemon().factory());

  public ChaosMeshPresence(KubernetesClient client) {
    this.client = client;
  }

  /// Whether its controller has a ready replica somewhere.
  public boolean isThere() {
    return client
        .apps()
        .deployments()
        .inAnyNamespace()
        .withField("metadata.name", CONTROLLER)
        .list()
        .getItems()
        .stream()
        .anyMatch(ChaosMeshPresence::isReady);
  }

  /// Looks again and again.
  ///
  /// @param changed is called once when it is not as it was
  public void watch(boolean before, Runnable changed) {
    Future<?> _ =
        clock.scheduleWithFixedDelay(
            () -> look(before, changed), AGAIN.toSeconds(), AGAIN.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  private void look(boolean before, Runnable changed) {
    try {
      if (isThere() != before) {
        clock.shutdown();
        changed.run();
      }
    } catch (KubernetesClientException e) {
      LOG.warn("cannot look for chaos mesh problem={}", e.getMessage());
    }
  }

  private static boolean isReady(Deployment deployment) {
    return deployment.getStatus() != null
        && deployment.getStatus().getReadyReplicas() != null
        && deployment.getStatus().getReadyReplicas() > 0;
  }
}
