// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.cluster;

/// The other end of the targets' traffic, by what it is in the cluster.
public sealed interface ClusterPeer
    permits ClusterPeer.Pods, ClusterPeer.Service, ClusterPeer.Route {

  /// The addresses of pods, and those of the Services in front of them: a pod that calls another by
  /// its Service sends to the Service's address.
  record Pods(PodChoice choice) implements ClusterPeer {}

  /// A Service: its own addresses, those of its load balancer, and those of the pods behind it.
  record Service(String namespace, String name) implements ClusterPeer {}

  /// The Services behind a route of the Gateway API.
  ///
  /// @param kind `HTTPRoute` or `GRPCRoute`
  record Route(String kind, String namespace, String name) implements ClusterPeer {}
}
