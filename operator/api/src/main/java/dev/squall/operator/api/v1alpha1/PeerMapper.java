// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import dev.squall.experiment.cluster.ClusterPeer;
import dev.squall.experiment.cluster.PodChoice;
import dev.squall.target.IpPrefix;
import dev.squall.target.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the peers of a resource mean.
final class PeerMapper {
  private final String ownNamespace;
  private final FieldProblems problems;
  private final List<Peer> addresses = new ArrayList<>();
  private final List<ClusterPeer> inCluster = new ArrayList<>();

  /// @param ownNamespace of the resource
  PeerMapper(String ownNamespace, FieldProblems problems) {
    this.ownNamespace = ownNamespace;
    this.problems = problems;
  }

  /// Reads them all; what is wrong is added to the problems.
  void read(JsonNode peers, String path) {
    if (!peers.isArray() || peers.isEmpty()) {
      problems.add(path, "write a list of at least 1, as in [{host: api.example.com}]");
      return;
    }
    for (int i = 0; i < peers.size(); i++) {
      String place = "%s[%d]".formatted(path, i);
      JsonNode item = peers.get(i);
      PeerSpec peer = problems.attempt(place, () -> FlatJson.group(item, PeerSpec.class));
      if (peer != null) {
        read(peer, place);
      }
    }
  }

  /// Addresses and host names.
  List<Peer> addresses() {
    return addresses;
  }

  List<ClusterPeer> inCluster() {
    return inCluster;
  }

  private void read(PeerSpec peer, String path) {
    long keys =
        Stream.of(
                peer.address(),
                peer.host(),
                peer.pods(),
                peer.service(),
                peer.httpRoute(),
                peer.grpcRoute())
            .filter(Objects::nonNull)
            .count();
    if (keys != 1) {
      problems.add(
          path,
          "a peer has exactly one of the keys address, host, pods, service, httpRoute, grpcRoute:"
              + " begin a list item of its own for each");
      return;
    }
    readAddress(peer, path);
    readInCluster(peer, path);
  }

  private void readAddress(PeerSpec peer, String path) {
    String address = peer.address();
    String host = peer.host();
    if (address != null) {
      addIfRead(path + ".address", () -> new Peer.Network(IpPrefix.parse(address)));
    }
    if (host != null) {
      addIfRead(path + ".host", () -> new Peer.HostName(host));
    }
  }

  private void addIfRead(String path, Supplier<Peer> parse) {
    Peer peer = problems.attempt(path, parse);
    if (peer != null) {
      addresses.add(peer);
    }
  }

  private void readInCluster(PeerSpec peer, String path) {
    if (peer.pods() != null) {
      PodChoice choice =
          new SelectorMapper(ownNamespace, problems).choice(peer.pods(), path + ".pods");
      if (choice != null) {
        inCluster.add(new ClusterPeer.Pods(choice));
      }
    }
    if (peer.service() != null) {
      inCluster.add(new ClusterPeer.Service(namespace(peer.service()), peer.service().name()));
    }
    addRoute("HTTPRoute", peer.httpRoute());
    addRoute("GRPCRoute", peer.grpcRoute());
  }

  private void addRoute(String kind, PeerSpec.@Nullable Reference route) {
    if (route != null) {
      inCluster.add(new ClusterPeer.Route(kind, namespace(route), route.name()));
    }
  }

  private String namespace(PeerSpec.Reference reference) {
    return reference.namespace() == null ? ownNamespace : reference.namespace();
  }
}
