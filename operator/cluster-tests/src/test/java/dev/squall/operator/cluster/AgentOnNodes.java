// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import dev.squall.operator.api.install.Installation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Squall's agent on all nodes of the test cluster, without a controller: tests write NodeFaults
/// themselves.
final class AgentOnNodes {
  static final String NAMESPACE = Installation.NAMESPACE;

  private static final String IMAGE = "squall.local/agent:1";

  /// What the agents do not need: tests would not be allowed to write NodeFaults.
  private static final List<String> OTHERS =
      List.of("kind: Deployment", "kind: ValidatingAdmissionPolicy");

  private AgentOnNodes() {}

  /// Installs it and waits until it is ready everywhere.
  static void install(Cluster cluster, Path folder) {
    cluster.load(
        ImageFile.build("agent", IMAGE, Path.of("../agent/target"), folder.resolve("agent.tar"))
            .archive());
    Map<String, String> settings = Map.of("images.agent", IMAGE, "images.pullPolicy", "Never");
    Installation.in(NAMESPACE, settings).documents().stream()
        .filter(document -> OTHERS.stream().noneMatch(document::contains))
        .forEach(
            document ->
                cluster
                    .kubectl(
                        List.of("apply", "--server-side", "--force-conflicts", "-f", "-"), document)
                    .successful());
    awaitReady(cluster);
  }

  /// Replaces the agents, so that the kubelet does not hold back the next one that crashes.
  static void renew(Cluster cluster) {
    cluster
        .kubectl("-n", NAMESPACE, "delete", "pod", "-l", "app.kubernetes.io/name=squall-agent")
        .successful();
    awaitReady(cluster);
  }

  private static void awaitReady(Cluster cluster) {
    cluster
        .kubectl("-n", NAMESPACE, "rollout", "status", "daemonset/squall-agent", "--timeout=90s")
        .successful();
  }
}
