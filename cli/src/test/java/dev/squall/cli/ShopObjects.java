// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

/// Experiments of a cluster, as they are while they run.
final class ShopObjects {
  static final String EXPERIMENT =
      """
      apiVersion: squall.dev/v1alpha1
      kind: Experiment
      metadata: {namespace: shop, name: web, uid: u-1}
      status:
        phase: Running
        summary: loss 5% hits 2 of 3 pods
        hit: 1234
        endsAt: "2026-07-01T12:00:25Z"
        pods: {selected: 3, injecting: 2, refused: 1, waiting: 0, ended: 0}
        counts:
          - fault: loss 5%
            direction: egress
            matched: {packets: 2000, segments: 2000}
            hit: {packets: 100, segments: 100}
            overflow: 0
        conditions:
          - {type: Selected, status: "True", reason: Found, message: 3 pods}
          - {type: Injected, status: "False", reason: Refused, message: 1 pod is refused}
          - {type: Recovered, status: Unknown, reason: Running}
      """;

  static final String NETWORK_CHAOS =
      """
      apiVersion: chaos-mesh.org/v1alpha1
      kind: NetworkChaos
      metadata: {namespace: legacy, name: old, creationTimestamp: "2026-07-01T11:59:00Z"}
      spec: {duration: 90s}
      status:
        conditions: [{type: AllInjected, status: "True"}]
        experiment:
          desiredPhase: Run
          containerRecords: [{phase: Injected}, {phase: Not Injected}]
      """;

  static final String NODE_FAULT =
      """
      apiVersion: squall.dev/v1alpha1
      kind: NodeFault
      metadata:
        namespace: squall-system
        name: u-1-n1
        labels: {squall.dev/experiment-uid: u-1}
      spec: {nodeName: n1}
      status:
        pods:
          - pod: {namespace: shop, name: web-a}
            phase: Injecting
            timeline: {injected: "2026-07-01T12:00:00Z", uncoveredMillis: 1250}
            rules:
              - fault: loss 5%
                direction: egress
                matched: {packets: 2000, segments: 2000}
                hit: {packets: 100, segments: 100}
                overflow: 3
          - pod: {namespace: shop, name: web-b}
            phase: Refused
            message: it uses the node's network
      """;

  private ShopObjects() {}
}
