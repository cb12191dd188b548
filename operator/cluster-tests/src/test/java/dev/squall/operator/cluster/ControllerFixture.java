// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.operator.api.v1alpha1.NodeFault;
import io.fabric8.kubernetes.api.model.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// A controller on the cluster, and a namespace with pods. No agent runs: where one matters, the
/// test writes what it would.
class ControllerFixture {
  static final Path CRDS = Path.of("../chart/files/crds");
  static final String LOSS =
      """
      targets: [{selector: {labels: {app: web}}}]
      faults: [{loss: 5%}]
      """;

  static Cluster cluster;
  static TestNamespace system;
  static ControllerProcess controller;
  TestNamespace shop;

  @BeforeAll
  static void startController() {
    cluster = Cluster.shared();
    cluster.kubectl("apply", "-f", CRDS.toString()).successful();
    cluster.kubectl("wait", "--for=condition=Established", "crd", "--all").successful();
    system = cluster.namespace("squall");
    controller = ControllerProcess.start(cluster, system.name(), "first");
  }

  @AfterAll
  static void endController() throws IOException {
    assertThat(controller.peakMemory()).isLessThan(160);
    controller.close();
    system.close();
  }

  @BeforeEach
  void openNamespace() {
    shop = cluster.namespace("shop");
    cluster.kubectl("label", "namespace", shop.name(), "squall.dev/inject=enabled").successful();
  }

  @AfterEach
  void removeNamespace() {
    cluster
        .kubectl("-n", shop.name(), "delete", "experiments", "--all", "--timeout=10s")
        .successful();
    shop.close();
  }

  void startPods() {
    shop.start("web-1", Map.of("app", "web"), cluster.nodes().getFirst());
    shop.start("web-2", Map.of("app", "web"), cluster.nodes().getLast());
    shop.start("db", Map.of("app", "db"), cluster.nodes().getLast());
    shop.awaitReady();
  }

  TestExperiment apply(String spec) {
    return TestExperiment.apply(shop, system.name(), "loss", spec);
  }

  String pod(String name, String node) {
    return "%s/%s on %s".formatted(shop.name(), name, node);
  }

  Set<String> bothPods() {
    return Set.of(
        pod("web-1", cluster.nodes().getFirst()), pod("web-2", cluster.nodes().getLast()));
  }

  /// Applies a schedule that begins a run every two seconds.
  ///
  /// @param more keys of its spec
  /// @param template more keys of each run
  void applySchedule(String more, String template) {
    cluster
        .apply(
            """
            apiVersion: squall.dev/v1alpha1
            kind: ExperimentSchedule
            metadata: {name: often, namespace: %s}
            spec:
              schedule: "*/2 * * * * *"
              %s
              template:
                targets: [{selector: {labels: {app: web}}}]
                faults: [{loss: 5%%}]
                %s
            """
                .formatted(shop.name(), more, template))
        .successful();
  }

  void removeSchedule() {
    cluster.kubectl("-n", shop.name(), "delete", "experimentschedule", "often").successful();
  }

  String scheduled(String path) {
    return cluster
        .kubectl("-n", shop.name(), "get", "experimentschedule", "often", "-o", "jsonpath=" + path)
        .text();
  }

  String chaosUid() {
    return chaosStatus("{.metadata.uid}");
  }

  String chaosStatus(String path) {
    return cluster
        .kubectl("-n", shop.name(), "get", "networkchaos", "slow", "-o", "jsonpath=" + path)
        .text();
  }

  void annotate(String change) {
    cluster.kubectl("-n", shop.name(), "annotate", "experiments", "loss", change).successful();
  }

  List<String> reasonsOfEvents() {
    return cluster.client().v1().events().inNamespace(shop.name()).list().getItems().stream()
        .map(Event::getReason)
        .toList();
  }

  static List<String> versions(List<NodeFault> faults) {
    return faults.stream().map(fault -> fault.getMetadata().getResourceVersion()).toList();
  }
}
