// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import dev.squall.operator.api.v1alpha1.SquallPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Passes on whether any SquallPolicy says stop.
final class StopSwitchWatch implements ResourceEventHandler<SquallPolicy> {
  private static final Logger LOG = LoggerFactory.getLogger(StopSwitchWatch.class);

  private final Consumer<Event> listener;
  private final SharedIndexInformer<SquallPolicy> informer;
  private final Set<String> stopping = new HashSet<>();

  StopSwitchWatch(KubernetesClient client, Consumer<Event> listener) {
    this.listener = listener;
    this.informer =
        client
            .resources(SquallPolicy.class)
            .runnableInformer(0)
            .addEventHandler(this)
            .exceptionHandler((started, why) -> true);
  }

  /// Waits until it is known how the switch stands, but not longer than this.
  void start(Duration atMost) throws InterruptedException {
    try {
      informer.start().toCompletableFuture().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("it is not known how the stop switch stands");
    }
  }

  @Override
  public void onAdd(SquallPolicy policy) {
    tell(policy.getMetadata().getName(), policy.getSpec().stop());
  }

  @Override
  public void onUpdate(SquallPolicy before, SquallPolicy policy) {
    onAdd(policy);
  }

  @Override
  public void onDelete(SquallPolicy policy, boolean lastStateUnknown) {
    tell(policy.getMetadata().getName(), false);
  }

  private void tell(String policy, boolean stop) {
    boolean changed = stop ? stopping.add(policy) : stopping.remove(policy);
    if (changed) {
      listener.accept(new Event.StopSwitch(!stopping.isEmpty()));
    }
  }
}
