// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.plan;

import dev.squall.experiment.cluster.ClusterPeer;
import dev.squall.experiment.cluster.ExperimentPart;
import dev.squall.experiment.cluster.PodChoice;
import dev.squall.operator.controller.select.ChosenPods;
import dev.squall.operator.controller.select.PodChooser;
import dev.squall.operator.controller.view.ClusterView;
import dev.squall.operator.controller.view.PodRecord;
import dev.squall.operator.controller.view.ServiceRecord;
import dev.squall.target.IpPrefix;
import dev.squall.target.Peer;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Finds the addresses of one part's peers.
final class PeerFinder {
  private final ClusterView cluster;
  private final Lookups lookups;
  private final Subject subject;
  private final Map<String, ChosenPods> chosen;
  private final SortedMap<String, IpPrefix> found = new TreeMap<>();
  private final SortedMap<String, List<String>> resolved = new TreeMap<>();
  private final List<String> missing = new ArrayList<>();
  private final List<PodRecord> peerPods = new ArrayList<>();
  private boolean pending;

  /// @param chosen the pods that are hit, by part
  PeerFinder(
      ClusterView cluster, Lookups lookups, Subject subject, Map<String, ChosenPods> chosen) {
    this.cluster = cluster;
    this.lookups = lookups;
    this.subject = subject;
    this.chosen = chosen;
  }

  /// Once only.
  FoundPeers find(ExperimentPart part) {
    if (part.peers().isEmpty() && part.traffic().peers().included().isEmpty()) {
      return FoundPeers.ANY;
    }
    part.traffic().peers().included().forEach(this::add);
    part.peers().forEach(this::add);
    return new FoundPeers(true, List.copyOf(found.values()), resolved, peerPods, missing, pending);
  }

  private void add(Peer peer) {
    switch (peer) {
      case Peer.Network network -> add(network.prefix());
      case Peer.HostName host -> addName(host.name());
    }
  }

  private void add(ClusterPeer peer) {
    switch (peer) {
      case ClusterPeer.Pods pods -> addPods(pods.choice());
      case ClusterPeer.Service service -> addService(service.namespace(), service.name());
      case ClusterPeer.Route route -> addRoute(route);
    }
  }

  private void addPods(PodChoice choice) {
    List<PodRecord> pods = pods(choice);
    peerPods.addAll(pods);
    pods.forEach(pod -> addAll(pod.state().addresses()));
    pods.stream()
        .map(pod -> pod.identity().namespace())
        .distinct()
        .flatMap(namespace -> cluster.services(namespace).stream())
        .filter(service -> pods.stream().anyMatch(service::selects))
        .forEach(service -> addAll(service.addresses()));
    if (pods.isEmpty()) {
      missing.add("The selector of the peers fits no running pod, so no packet goes to one.");
    }
  }

  /// Those that are hit by the same choice; otherwise those that chance chooses, always the same.
  private List<PodRecord> pods(PodChoice choice) {
    for (ExperimentPart part : subject.experiment().parts()) {
      if (part.pods().equals(choice)) {
        return chosen.getOrDefault(part.name(), ChosenPods.NONE).pods();
      }
    }
    return new PodChooser(subject.seed(), "peers", Set.of(), true).choose(choice, cluster).pods();
  }

  private void addService(String namespace, String name) {
    for (ServiceRecord service : cluster.services(namespace)) {
      if (service.name().equals(name)) {
        addAll(service.addresses());
        service.names().forEach(this::addName);
        cluster.pods(namespace).stream()
            .filter(pod -> service.selects(pod) && !pod.state().hasEnded())
            .forEach(pod -> addAll(pod.state().addresses()));
        return;
      }
    }
    missing.add("There is no Service %s/%s, so no packet goes to it.".formatted(namespace, name));
  }

  private void addRoute(ClusterPeer.Route route) {
    List<ClusterPeer.Service> services = lookups.routes().find(route);
    if (services == null) {
      pending = true;
      return;
    }
    services.forEach(service -> addService(service.namespace(), service.name()));
    if (services.isEmpty()) {
      missing.add(
          "There is no Service behind %s %s/%s, so no packet goes to it."
              .formatted(route.kind(), route.namespace(), route.name()));
    }
  }

  private void addName(String name) {
    List<InetAddress> addresses = lookups.names().find(name);
    if (addresses == null) {
      pending = true;
      return;
    }
    List<IpPrefix> hosts = addresses.stream().map(IpPrefix::host).toList();
    resolved.put(name, hosts.stream().map(IpPrefix::toString).sorted().toList());
    hosts.forEach(this::add);
    if (addresses.isEmpty()) {
      missing.add("%s has no address, so no packet goes to it.".formatted(name));
    }
  }

  private void addAll(Collection<String> addresses) {
    addresses.forEach(address -> add(IpPrefix.parse(address)));
  }

  private void add(IpPrefix prefix) {
    found.put(prefix.toString(), prefix);
  }
}
