// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Squall's agent on all nodes of the test cluster, without a controller: tests write NodeFaults
/// themselves.
final class AgentOnNodes {
  static final String NAMESPACE = "squall-system";

  private static final String IMAGE = "squall.local/agent:1";
  private static final Path CRDS = Path.of("../chart/files/crds");
  private static final Path MANIFEST =
      Path.of("../agent/src/test/resources/dev/squall/operator/agent/agent.yaml");

  private AgentOnNodes() {}

  /// Installs it and waits until it is ready everywhere.
  static void install(Cluster cluster, Path folder) {
    cluster.load(
        ImageFile.build("agent", IMAGE, Path.of("../agent/target"), folder.resolve("agent.tar"))
            .archive());
    for (String crd : List.of("nodefaults", "peersets", "squallpolicies")) {
      cluster.apply(read(CRDS.resolve(crd + ".yaml"))).successful();
    }
    cluster.apply(read(MANIFEST)).successful();
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

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
