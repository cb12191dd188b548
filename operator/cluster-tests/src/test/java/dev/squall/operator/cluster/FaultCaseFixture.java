// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import dev.squall.operator.api.install.Installation;
import dev.squall.operator.api.v1alpha1.ExperimentStatus;
import dev.squall.operator.api.v1alpha1.NodeFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Squall as it is installed, and a pod that pings another one.
class FaultCaseFixture {
  static final String SYSTEM = Installation.NAMESPACE;

  /// Loses all that the pod sends.
  static final String LOSS =
      """
      targets: [{selector: {labels: {app: web}}}]
      faults: [{loss: 100%}]
      """;

  static final Cluster CLUSTER = Cluster.shared();
  static InstalledSquall squall;

  TestNamespace shop;
  TestPod web;
  TestPod peer;

  @BeforeAll
  static void install(@TempDir Path folder) {
    squall = InstalledSquall.install(CLUSTER, folder);
  }

  @AfterAll
  static void uninstall() {
    squall.close();
  }

  @BeforeEach
  void startPods() {
    shop = CLUSTER.namespace("case");
    CLUSTER.kubectl("label", "namespace", shop.name(), "squall.dev/inject=enabled").successful();
    web = shop.start("web", Map.of("app", "web"), CLUSTER.nodes().getFirst());
    peer = shop.start("peer", Map.of("app", "peer"), CLUSTER.nodes().getLast());
    shop.awaitReady();
  }

  @AfterEach
  void removePods() {
    CLUSTER.kubectl("-n", shop.name(), "delete", "experiments", "--all", "--timeout=30s");
    shop.close();
  }

  TestExperiment apply(String name, String spec) {
    return TestExperiment.apply(shop, SYSTEM, name, spec);
  }

  /// Waits until an experiment has its faults on so many pods.
  static void awaitInjecting(TestExperiment experiment, int pods) {
    await(
        Duration.ofSeconds(30),
        () -> {
          ExperimentStatus.Pods reached = experiment.status().reach().pods();
          return reached != null && reached.injecting() == pods;
        });
  }

  /// Whether the peer answers to the pod.
  boolean answers() {
    return web.traffic().ping(peer.address(), 3, Duration.ofMillis(50)).received() > 0;
  }

  void awaitAnswers(boolean answers, Duration atMost) {
    await(atMost, () -> answers() == answers);
  }

  static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /// What nodes are told, by all experiments.
  static List<NodeFault> orders() {
    return CLUSTER.client().resources(NodeFault.class).inNamespace(SYSTEM).list().getItems();
  }

  /// Waits for something that may fail to answer meanwhile.
  static void await(Duration atMost, Wanted wanted) {
    Awaitility.await()
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .until(wanted::holds);
  }

  /// What is waited for.
  interface Wanted {
    boolean holds() throws Exception;
  }
}
