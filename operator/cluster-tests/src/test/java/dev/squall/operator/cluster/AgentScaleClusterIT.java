// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.operator.api.install.Installation;
import dev.squall.operator.api.v1alpha1.ConditionType;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An agent with a hundred real pods on its node: how much memory it takes, and how long until all
/// are hit. Takes minutes and is run by `bench/scale.sh` only.
@NeedsCluster
@EnabledIfSystemProperty(named = "squall.scale.full", matches = "true")
class AgentScaleClusterIT {
  private static final int PODS = 100;
  private static final long LARGEST_MEMORY = 112;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String AGENT = "squall-agent.jar";
  private static final String KERNEL_MEMORY =
      "cat /proc/$1/fdinfo/* 2>/dev/null | awk '/^memlock/ { sum += $2 } END { print sum / 1048576 }'";
  private static final ScaleTable TABLE = new ScaleTable(PODS + " pods on one node");

  private static Cluster cluster;
  private static InstalledSquall squall;
  private static TestNamespace shop;
  private static Surgeon surgeon;

  @BeforeAll
  static void install(@TempDir Path folder) {
    cluster = Cluster.shared();
    squall = InstalledSquall.install(cluster, folder);
    shop = cluster.namespace("full");
    cluster.kubectl("label", "namespace", shop.name(), "squall.dev/inject=enabled").successful();
    String node = cluster.nodes().getFirst();
    surgeon = Surgeon.on(node, shop);
    IntStream.range(0, PODS).forEach(i -> shop.start("web-" + i, Map.of("app", "web"), node));
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> readyPods() == PODS + 1);
    TABLE.add("agent without faults", resident() + " MiB", "");
  }

  private static long readyPods() {
    return cluster.client().pods().inNamespace(shop.name()).list().getItems().stream()
        .filter(Readiness.getInstance()::isReady)
        .count();
  }

  @AfterAll
  static void uninstall() {
    TABLE.write();
    cluster.kubectl("-n", shop.name(), "delete", "experiments", "--all", "--timeout=60s");
    shop.close();
    squall.close();
  }

  private static long resident() {
    return surgeon
        .read(AGENT, "status")
        .lines()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
        .sum();
  }

  @ParameterizedTest
  @CsvSource({"loss, loss: 5%", "delay, delay: 10ms"})
  void anAgentHasRoomForAHundredPods(String name, String fault) {
    TestExperiment experiment =
        TestExperiment.apply(
            shop,
            Installation.NAMESPACE,
            name,
            "targets: [{selector: {labels: {app: web}}}]\nfaults: [{%s}]\nduration: 10m\n"
                .formatted(fault));
    long start = System.nanoTime();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> experiment.condition(ConditionType.Injected).equals("True AllInjecting"));
    TABLE.add(
        fault + ": apply until all pods are hit",
        ScaleTable.seconds(Duration.ofNanos(System.nanoTime() - start)),
        "");
    long resident = resident();
    TABLE.add(fault + ": agent", resident + " MiB", "≤ " + LARGEST_MEMORY + " MiB");
    TABLE.add(
        fault + ": by what it holds, MiB",
        ProcessMemory.parse(surgeon.read(AGENT, "smaps")).toString(),
        "");
    TABLE.add(
        fault + ": BPF maps in the kernel, MiB", surgeon.run(AGENT, KERNEL_MEMORY).strip(), "");
    experiment.resource().delete();
    Awaitility.await().atMost(PATIENCE).until(() -> experiment.resource().get() == null);

    assertThat(resident).isLessThanOrEqualTo(LARGEST_MEMORY);
  }
}
