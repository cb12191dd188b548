// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import dev.squall.bpf.linux.NetworkNamespace;
import dev.squall.bpf.linux.Pods;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// This node, as its `/proc` shows it.
final class BpfNode implements Node {
  private final long ownNamespace;

  BpfNode() {
    try (NetworkNamespace own = NetworkNamespace.own()) {
      ownNamespace = own.inode();
    }
  }

  @Override
  public Map<String, PodNetwork> podNetworks(Duration now) {
    Map<String, PodNetwork> networks = new LinkedHashMap<>();
    Pods.networks()
        .forEach(
            (uid, network) ->
                networks.put(uid, new PodNetwork(network.namespace(), now.minus(network.age()))));
    return networks;
  }

  @Override
  public long ownNamespace() {
    return ownNamespace;
  }
}
