// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.run;

import dev.squall.operator.api.v1alpha1.ExperimentReference;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Gathers what has changed in the cluster, and passes it on a moment later as the experiments that
/// it concerns.
public final class Changes {
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);

  private final Set<String> namespaces = new HashSet<>();
  private final Map<String, Consumer<ExperimentReference>> kinds = new ConcurrentHashMap<>();
  private volatile Concerned concerned = namespace -> Set.of();

  /// Knows which experiments look at a namespace.
  public interface Concerned {
    /// @param namespace `` for what is in none
    Set<ExperimentReference> by(String namespace);
  }

  /// From now on changes are passed on.
  public void follow(Concerned experiments) {
    this.concerned = experiments;
  }

  /// @param kind of the experiments, such as `Experiment`
  public void tell(String kind, Consumer<ExperimentReference> listener) {
    kinds.put(kind, listener);
  }

  /// Whether somebody carries out experiments of this kind.
  public boolean knows(String kind) {
    return kinds.containsKey(kind);
  }

  /// Something in a namespace has changed.
  public void in(String namespace) {
    synchronized (namespaces) {
      if (namespaces.isEmpty()) {
        LATER.execute(this::pass);
      }
      namespaces.add(namespace);
    }
  }

  /// Something about an experiment has changed.
  public void of(ExperimentReference experiment) {
    Consumer<ExperimentReference> listener = kinds.get(experiment.kind());
    if (listener != null) {
      listener.accept(experiment);
    }
  }

  private void pass() {
    Set<String> changed;
    synchronized (namespaces) {
      changed = Set.copyOf(namespaces);
      namespaces.clear();
    }
    Set<ExperimentReference> experiments = new HashSet<>();
    changed.forEach(namespace -> experiments.addAll(concerned.by(namespace)));
    experiments.forEach(this::of);
  }
}
