// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.run;

import dev.squall.operator.api.v1alpha1.ExperimentReference;
import dev.squall.operator.api.v1alpha1.NodeFault;
import dev.squall.operator.api.v1alpha1.NodeFaultSpec;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes what nodes were told for experiments that are gone: somebody may have taken a finalizer
/// off by force while no controller ran.
public final class OrphanSweep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OrphanSweep.class);
  private static final Duration AGAIN = Duration.ofMinutes(1);

  private final NodeFaultStore store;
  private final NodeWriter writer;
  private final RunEngine engine;
  private final Existence existence;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("orphan-sweep").daemon().factory());

  public OrphanSweep(
      NodeFaultStore store, NodeWriter writer, RunEngine engine, Existence existence) {
    this.store = store;
    this.writer = writer;
    this.engine = engine;
    this.existence = existence;
  }

  /// Sweeps now, and every minute until it is closed.
  public void start() {
    Future<?> _ = clock.scheduleWithFixedDelay(this::sweep, 0, AGAIN.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  private void sweep() {
    try {
      Set<ExperimentReference> told =
          store.all().stream()
              .map(NodeFault::getSpec)
              .map(NodeFaultSpec::experiment)
              .collect(Collectors.toSet());
      for (ExperimentReference experiment : told) {
        if (!existence.exists(experiment)) {
          LOG.warn("orphan removed experiment={}", experiment);
          engine.clear(experiment.uid());
        }
      }
      for (String uid : writer.experimentsWithPeerSets()) {
        if (store.of(uid).isEmpty() && !engine.remembers(uid)) {
          LOG.warn("orphaned peer sets removed experiment={}", uid);
          writer.remove(uid);
        }
      }
    } catch (KubernetesClientException e) {
      LOG.warn("sweep put off problem={}", e.getMessage());
    }
  }
}
