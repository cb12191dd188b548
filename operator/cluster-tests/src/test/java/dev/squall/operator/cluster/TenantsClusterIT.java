// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.squall.operator.api.install.Installation;
import dev.squall.operator.api.v1alpha1.ConditionType;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Squall as it is installed, and two tenants of the cluster: `tenant` may edit namespace OWN, and
/// has no right in namespace OTHER, where somebody else's pods are. Both are open to faults.
@NeedsCluster
class TenantsClusterIT {
  private static final Cluster CLUSTER = Cluster.shared();
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration BETWEEN = Duration.ofMillis(50);

  private static final String HOST_NETWORK =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: host, labels: {app: host}}
      spec:
        hostNetwork: true
        terminationGracePeriodSeconds: 0
        containers:
        - {name: busybox, image: IMAGE, imagePullPolicy: IfNotPresent, command: [sleep, "10000"]}
      """;

  private static final String CHAOS =
      """
      apiVersion: chaos-mesh.org/v1alpha1
      kind: NetworkChaos
      metadata: {name: chaos}
      spec:
        action: loss
        loss: {loss: '100'}
        mode: all
        selector: %s
      """;

  private static InstalledSquall squall;
  private static TestNamespace own;
  private static TestNamespace other;
  private static TestPod ownPod;
  private static TestPod otherPod;

  @BeforeAll
  static void install(@TempDir Path folder) {
    own = open("own");
    other = open("other");
    ownPod = own.start("web", Map.of("app", "web"), CLUSTER.nodes().getFirst());
    otherPod = other.start("web", Map.of("app", "web"), CLUSTER.nodes().getFirst());
    as("", own, "apply", HOST_NETWORK.replace("IMAGE", CLUSTER.busybox())).successful();
    CLUSTER
        .kubectl(
            "-n",
            own.name(),
            "create",
            "rolebinding",
            "tenant",
            "--clusterrole=edit",
            "--user=tenant")
        .successful();
    squall = InstalledSquall.install(CLUSTER, folder, Map.of("chaosMesh", "true"));
    List.of(own, other).forEach(TestNamespace::awaitReady);
    // Roles are added up, and policies take effect, somewhat later.
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> tenant("apply --dry-run=server", chaos("{}")).exitCode() == 0);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> tenant("apply --dry-run=server", chaos("{namespaces: [OTHER]}")).exitCode() != 0);
  }

  @AfterAll
  static void uninstall() {
    List.of(own, other).forEach(TestNamespace::close);
    squall.close();
  }

  @AfterEach
  void deleteAll() {
    new TestChaos(CLUSTER, own.name()).delete();
    CLUSTER.kubectl("-n", own.name(), "delete", "experiments", "--all", "--timeout=20s");
  }

  private static TestNamespace open(String prefix) {
    TestNamespace namespace = CLUSTER.namespace(prefix);
    CLUSTER
        .kubectl("label", "namespace", namespace.name(), "squall.dev/inject=enabled")
        .successful();
    return namespace;
  }

  private static CommandResult as(String user, TestNamespace namespace, String verb, String yaml) {
    List<String> command = new ArrayList<>(List.of(verb.split(" ", -1)));
    command.addAll(List.of("-n", namespace.name(), "-f", "-"));
    if (!user.isEmpty()) {
      command.add("--as=" + user);
    }
    return CLUSTER.kubectl(command, yaml.replace("OWN", own.name()).replace("OTHER", other.name()));
  }

  private static CommandResult tenant(String verb, String yaml) {
    return as("tenant", own, verb, yaml);
  }

  private static String chaos(String selector) {
    return CHAOS.formatted(selector);
  }

  private static String schedule(String selector) {
    return """
        apiVersion: chaos-mesh.org/v1alpha1
        kind: Schedule
        metadata: {name: chaos}
        spec:
          schedule: '@hourly'
          type: NetworkChaos
          networkChaos: {action: loss, loss: {loss: '100'}, mode: all, selector: %s}
        """
        .formatted(selector);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{namespaces: [OTHER]}",
        "{namespaces: [OWN, OTHER], labelSelectors: {app: web}}",
        "{pods: {OTHER: [web]}}",
        "{pods: {OWN: [web], OTHER: [web]}}",
        "{namespaces: [OWN], pods: {OTHER: [web]}}",
        "{}\n  target: {mode: all, selector: {namespaces: [OTHER]}}",
        "{}\n  target: {mode: all, selector: {pods: {OTHER: [web]}}}"
      })
  void noNamespaceOfAnotherIsReachedByItsName(String selector) {
    String refusal =
        "tenant may not disturb pods in namespace %s: that needs the verb disturb on"
                .formatted(other.name())
            + " targets.squall.dev there";
    assertThat(tenant("apply", chaos(selector)).error()).contains(refusal);
    String flat = selector.replace("\n  ", ", ");
    assertThat(tenant("apply", schedule(flat)).error()).contains(refusal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{labelSelectors: {app: web}}",
        "{expressionSelectors: [{key: app, operator: Exists}]}",
        "{nodeSelectors: {kubernetes.io/os: linux}}",
        "{podPhaseSelectors: [Running]}",
        "{fieldSelectors: {metadata.name: web}}"
      })
  void whateverElseIsSelectedIsOnesOwn(String selector) {
    TestChaos chaos = new TestChaos(CLUSTER, own.name());
    tenant("apply", chaos(selector)).successful();
    chaos.awaitInjected();
    assertThat(chaos.status()).contains("NAMESPACE/web").doesNotContain(other.name());
    assertThat(answers(ownPod)).as("own pod").isFalse();
    assertThat(answers(otherPod)).as("pod of the other").isTrue();
  }

  /// Whether the pod's node answers to it.
  private static boolean answers(TestPod pod) {
    String node = pod.get().getStatus().getHostIP();
    return pod.traffic().ping(node, 3, BETWEEN).received() > 0;
  }

  @Test
  void aFieldOfAnothersPodSelectsNobody() {
    TestChaos chaos = new TestChaos(CLUSTER, own.name());
    String field = "{fieldSelectors: {status.podIP: %s}}".formatted(otherPod.address());
    tenant("apply", chaos(field)).successful();
    requireSoon(() -> chaos.reason("Remarks").contains("No pod fits the selector yet"));
    assertThat(answers(otherPod)).isTrue();
  }

  @Test
  void aNetworkChaosThatSelectsNothingSaysSoSoon() {
    TestChaos chaos = new TestChaos(CLUSTER, own.name());
    tenant("apply", chaos("{labelSelectors: {app: nobody}}")).successful();
    requireSoon(() -> chaos.reason("Remarks").contains("No pod fits the selector yet"));
    assertThat(chaos.all("Selected")).isFalse();
  }

  @Test
  void aNetworkChaosWhosePodsCannotBeInjectedSaysSoSoon() {
    TestChaos chaos = new TestChaos(CLUSTER, own.name());
    tenant("apply", chaos("{labelSelectors: {app: host}}")).successful();
    requireSoon(
        () ->
            chaos
                .reason("Remarks")
                .contains(
                    "1 pod fits the selector, but none can be hit: pod %s/host uses the"
                            .formatted(own.name())
                        + " network of its node."));
    assertThat(chaos.all("Selected")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody: False NoPods", "host: False NoPodCanBeHit"})
  void anExperimentThatHitsNobodySaysSoSoon(String appAndCondition) {
    String[] words = appAndCondition.split(": ", -1);
    TestExperiment experiment =
        TestExperiment.apply(
            own,
            Installation.NAMESPACE,
            "nobody",
            "targets: [{selector: {labels: {app: %s}}}]\nfaults: [{loss: 5%%}]\n"
                .formatted(words[0]));
    requireSoon(() -> experiment.condition(ConditionType.Selected).equals(words[1]));
  }

  @Test
  void whatIsInstalledListensForHealthAndMetricsOnly() {
    Pod controller =
        CLUSTER
            .client()
            .pods()
            .inNamespace(Installation.NAMESPACE)
            .withLabel("app.kubernetes.io/name", "squall-controller")
            .list()
            .getItems()
            .getFirst();
    try (TestNamespace aside = CLUSTER.namespace("aside")) {
      Surgeon surgeon = Surgeon.on(controller.getSpec().getNodeName(), aside);
      aside.awaitReady();
      for (String program : List.of("controller", "agent")) {
        assertThat(surgeon.listening("/app/squall-" + program + ".jar"))
            .as(program)
            .containsExactly(8080);
      }
    }
  }

  /// From when the object was applied.
  private static void requireSoon(BooleanSupplier said) {
    Instant applied = Instant.now();
    await()
        .atMost(Duration.ofSeconds(15))
        .pollInterval(Duration.ofMillis(20))
        .until(said::getAsBoolean);
    assertThat(Duration.between(applied, Instant.now())).isLessThan(SOON);
  }
}
