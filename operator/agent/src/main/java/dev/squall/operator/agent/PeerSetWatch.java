// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import dev.squall.operator.api.v1alpha1.PeerSet;
import dev.squall.operator.api.v1alpha1.SquallApi;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Passes on the PeerSets of the experiments that need them on this node, and of no others: they
/// are large.
final class PeerSetWatch {
  private final KubernetesClient client;
  private final String namespace;
  private final Consumer<Event> listener;
  private final Map<String, SharedIndexInformer<PeerSet>> informers = new HashMap<>();

  PeerSetWatch(KubernetesClient client, String namespace, Consumer<Event> listener) {
    this.client = client;
    this.namespace = namespace;
    this.listener = listener;
  }

  /// Watches those of these experiments, from now on.
  void watchOnly(Set<String> experimentUids) {
    informers
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !experimentUids.contains(entry.getKey());
              if (gone) {
                entry.getValue().close();
              }
              return gone;
            });
    for (String uid : experimentUids) {
      informers.computeIfAbsent(uid, this::watch);
    }
  }

  private SharedIndexInformer<PeerSet> watch(String uid) {
    SharedIndexInformer<PeerSet> informer =
        client
            .resources(PeerSet.class)
            .inNamespace(namespace)
            .withLabel(SquallApi.EXPERIMENT_UID, uid)
            .runnableInformer(0)
            .exceptionHandler((started, why) -> true);
    informer.addEventHandler(new Handler(uid, informer));
    informer.start();
    return informer;
  }

  private void tell(String uid, SharedIndexInformer<PeerSet> informer) {
    Map<String, List<String>> addresses = new HashMap<>();
    for (PeerSet set : informer.getStore().list()) {
      addresses.put(set.getMetadata().getName(), set.getSpec().addresses());
    }
    listener.accept(new Event.Peers(uid, addresses));
  }

  private final class Handler implements ResourceEventHandler<PeerSet> {
    private final String uid;
    private final SharedIndexInformer<PeerSet> informer;

    Handler(String uid, SharedIndexInformer<PeerSet> informer) {
      this.uid = uid;
      this.informer = informer;
    }

    @Override
    public void onAdd(PeerSet set) {
      tell(uid, informer);
    }

    @Override
    public void onUpdate(PeerSet before, PeerSet set) {
      tell(uid, informer);
    }

    @Override
    public void onDelete(PeerSet set, boolean lastStateUnknown) {
      tell(uid, informer);
    }
  }
}
