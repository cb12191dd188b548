// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.operator.api.install.Installation;
import dev.squall.operator.api.v1alpha1.ConditionType;
import dev.squall.operator.api.v1alpha1.NodeFault;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// One experiment on many nodes: how long it takes, what it costs the API server, how much memory
/// the controller has. Small by default; `bench/scale.sh` runs it on 300 nodes with 10,000 pods and
/// an installed controller.
@NeedsCluster
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScaleClusterIT {
  private static final boolean FULL = Boolean.getBoolean("squall.scale.full");
  private static final int NODES = FULL ? 300 : 30;
  private static final int PODS = FULL ? 10_000 : 1_000;
  private static final int TARGETS = PODS / FakeNodes.APPLICATIONS * FakeNodes.TARGETS;
  private static final Duration WARM = Duration.ofSeconds(10);
  private static final Duration COLD = Duration.ofSeconds(20);
  private static final Duration IDLE = Duration.ofSeconds(FULL ? 30 : 7);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int LARGEST_OBJECT = 100_000;
  private static final long LARGEST_MEMORY = 160;
  private static final String SPEC =
      """
      targets: [{selector: {labels: {%s: "true"}}}]
      faults: [{loss: 5%%}]
      duration: 10m
      """
          .formatted(FakeNodes.TARGET);

  private static final ScaleTable TABLE =
      new ScaleTable(
          String.format(Locale.ROOT, "%,d of %,d pods on %d nodes", TARGETS, PODS, NODES));

  private static Cluster cluster;
  private static TestNamespace system;
  private static TestNamespace shop;
  private static FakeNodes nodes;
  private static FakeAgents agents;
  private static MeasuredController controller;

  @BeforeAll
  static void makeCluster(@TempDir Path folder) {
    cluster = Cluster.shared();
    if (FULL) {
      controller = new MeasuredController.Installed(cluster, folder);
    } else {
      cluster.kubectl("apply", "-f", ControllerFixture.CRDS.toString()).successful();
      cluster.kubectl("wait", "--for=condition=Established", "crd", "--all").successful();
      system = cluster.namespace("squall");
      controller = new MeasuredController.OfThisMachine(cluster, system.name());
    }
    shop = cluster.namespace("large");
    cluster.kubectl("label", "namespace", shop.name(), "squall.dev/inject=enabled").successful();
    nodes = FakeNodes.make(cluster, shop.name(), NODES, PODS);
    agents = new FakeAgents(cluster, systemName());
  }

  private static String systemName() {
    return FULL ? Installation.NAMESPACE : system.name();
  }

  @AfterAll
  static void removeCluster() {
    TABLE.write();
    agents.close();
    controller.close();
    nodes.close();
    shop.close();
    if (system != null) {
      system.close();
    }
  }

  @AfterEach
  void removeExperiments() {
    cluster.kubectl("-n", shop.name(), "delete", "experiments", "--all", "--timeout=60s");
  }

  private static TestExperiment apply(String name) {
    return TestExperiment.apply(shop, systemName(), name, SPEC);
  }

  private static Duration until(Callable<Boolean> done) {
    long start = System.nanoTime();
    Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(done);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static Duration untilAllAreTold() {
    return until(() -> agents.told() == NODES);
  }

  private static Duration untilInjected(TestExperiment experiment) {
    return until(() -> experiment.condition(ConditionType.Injected).equals("True AllInjecting"));
  }

  private static int size(HasMetadata object) {
    return Serialization.asJson(object).length();
  }

  private static void addRequests(String what, ApiRequests requests, Duration time) {
    TABLE.add(
        "requests that write, " + what,
        String.format(
            Locale.ROOT,
            "%d, %.0f/s: %s",
            requests.sum(),
            requests.sum() * 1e3 / time.toMillis(),
            requests),
        "O(nodes)");
  }

  @Test
  @Order(1)
  void aRunningControllerTellsAllNodesInSecondsAndTakesItBackAsFast() throws InterruptedException {
    ApiRequests before = ApiRequests.now(cluster);
    long start = System.nanoTime();
    TestExperiment experiment = apply("warm");
    Duration told = untilAllAreTold();
    untilInjected(experiment);
    Duration injected = Duration.ofNanos(System.nanoTime() - start);
    TABLE.add("apply until all NodeFaults are written", told, WARM);
    TABLE.add(
        "apply until the status says that all pods are hit", ScaleTable.seconds(injected), "");
    ApiRequests applying = ApiRequests.now(cluster).since(before).byController();
    addRequests("to begin", applying, injected);
    addSizes(experiment);

    assertThat(told).isLessThan(WARM);
    assertThat(applying.counts().get("APPLY nodefaults")).isEqualTo(NODES);
    anIdleFaultWritesNothing();
    remove(experiment);
  }

  private static void addSizes(TestExperiment experiment) {
    int largest = agents.nodeFaults().stream().mapToInt(ScaleClusterIT::size).max().orElseThrow();
    int status = size(experiment.resource().require());
    TABLE.add(
        "largest NodeFault, the Experiment",
        String.format(Locale.ROOT, "%,d and %,d bytes", largest, status),
        "< 100 KB");
    assertThat(largest).isLessThan(LARGEST_OBJECT);
    assertThat(status).isLessThan(LARGEST_OBJECT);
  }

  /// Counts that do not change are no news, neither for the agents nor for the controller.
  private static void anIdleFaultWritesNothing() throws InterruptedException {
    List<String> versions = versions();
    ApiRequests before = ApiRequests.now(cluster);
    Thread.sleep(IDLE);
    ApiRequests idle = ApiRequests.now(cluster).since(before).byController();
    TABLE.add(
        "requests that write in %d s of an idle fault".formatted(IDLE.toSeconds()),
        idle.sum() + " " + idle,
        "0");
    assertThat(idle.counts()).isEmpty();
    assertThat(versions()).isEqualTo(versions);
  }

  private static List<String> versions() {
    return ControllerFixture.versions(
        agents.nodeFaults().stream()
            .sorted(Comparator.comparing((NodeFault fault) -> fault.getMetadata().getName()))
            .toList());
  }

  private static void remove(TestExperiment experiment) {
    ApiRequests before = ApiRequests.now(cluster);
    long start = System.nanoTime();
    experiment.resource().delete();
    Duration stopped = until(() -> agents.told() == 0);
    until(() -> agents.present() == 0 && experiment.resource().get() == null);
    Duration gone = Duration.ofNanos(System.nanoTime() - start);
    TABLE.add("delete until all nodes are told to stop", stopped, WARM);
    TABLE.add("delete until nothing is left", gone, WARM);
    addRequests("to end", ApiRequests.now(cluster).since(before).byController(), gone);
    assertThat(gone).isLessThan(WARM);
  }

  @Test
  @Order(2)
  void aControllerThatStartsTellsAllNodesInTime() {
    controller.end();
    TestExperiment experiment = apply("cold");
    controller.start();
    untilAllAreTold();
    Duration told = Duration.between(controller.startedAt(), Instant.now());
    TABLE.add("start of the controller until all NodeFaults are written", told, COLD);
    untilInjected(experiment);
    addMemory();
    assertThat(told).isLessThan(COLD);
    remove(experiment);
    addMemory();
  }

  private static void addMemory() {
    long peak = ProcessMemory.peak(controller.proc("status"));
    ProcessMemory memory = ProcessMemory.parse(controller.proc("smaps"));
    TABLE.add(
        "most memory of the controller so far", peak + " MiB", "≤ " + LARGEST_MEMORY + " MiB");
    TABLE.add("memory of the controller, by what it holds, MiB", memory.toString(), "");
    assertThat(peak).isLessThanOrEqualTo(LARGEST_MEMORY);
  }
}
