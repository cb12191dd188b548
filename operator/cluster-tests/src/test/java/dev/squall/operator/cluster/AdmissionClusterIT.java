// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.squall.operator.api.v1alpha1.Resources;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two tenants, and two nodes: nobody writes what is another's.
@NeedsCluster
class AdmissionClusterIT {
  private static final Cluster CLUSTER = Cluster.shared();

  private static final String SYSTEM = "squall-system";
  private static final int ENOUGH_FOR_ANY_ORDER_OF_KEYS = 8;
  private static final List<String> FILES = List.of("install/rbac.yaml", "install/admission.yaml");

  private static TestNamespace own;
  private static TestNamespace other;
  private static KubernetesClient tenant;
  private static KubernetesClient controller;
  private static KubernetesClient agent;

  @BeforeAll
  static void install() {
    Manifests.applyCrds(CLUSTER);
    CLUSTER
        .client()
        .resource(new NamespaceBuilder().withNewMetadata().withName(SYSTEM).endMetadata().build())
        .serverSideApply();
    FILES.forEach(file -> Manifests.apply(CLUSTER, file));
    Accounts accounts = new Accounts(CLUSTER);
    own = CLUSTER.namespace("own");
    other = CLUSTER.namespace("other");
    accounts.mayEdit("tenant", own.name());
    tenant = accounts.user("tenant");
    controller = accounts.user("system:serviceaccount:" + SYSTEM + ":squall-controller");
    agent = accounts.ofPod(pod(CLUSTER.nodes().getFirst()), "squall-agent");
    await().atMost(Duration.ofSeconds(30)).untilAsserted(AdmissionClusterIT::requirePolicies);
    CLUSTER.nodes().forEach(node -> create(controller, nodeFault(node)));
  }

  /// Other tests write NodeFaults themselves.
  @AfterAll
  static void remove() {
    CLUSTER.nodes().forEach(node -> resource(CLUSTER.client(), nodeFault(node)).delete());
    CLUSTER.client().pods().inNamespace(SYSTEM).withName("admission").withGracePeriod(0).delete();
    FILES.reversed().forEach(file -> Manifests.delete(CLUSTER, file));
    List.of(own, other).forEach(TestNamespace::close);
    List.of(tenant, controller, agent).forEach(KubernetesClient::close);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{labels: {app: web}}", "{namespaces: [OWN]}", "{names: {OWN: [web]}}"})
  void aTenantDisturbsItsOwnNamespace(String selector) {
    assertThatCode(() -> create(tenant, experiment(selector))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{namespaces: [OTHER]}",
        "{namespaces: [OWN, OTHER]}",
        "{names: {OTHER: [web]}}",
        "{names: {OWN: [web], OTHER: [web]}}",
        "{}}, {selector: {namespaces: [OTHER]}",
        "{}}, {selector: {names: {OTHER: [web]}}"
      })
  void noSelectorReachesTheNamespaceOfAnother(String selector) {
    String refusal =
        "tenant may not disturb pods in namespace %s: that needs the verb disturb on"
            + " targets.squall.dev there";

    for (int i = 0; i < ENOUGH_FOR_ANY_ORDER_OF_KEYS; i++) {
      assertThatThrownBy(() -> create(tenant, experiment(selector)))
          .hasMessageContaining(refusal.formatted(other.name()));
      assertThatThrownBy(() -> create(tenant, schedule(selector)))
          .hasMessageContaining(refusal.formatted(other.name()));
    }
  }

  @Test
  void aScheduleIsNotTurnedOnAnotherNamespaceLater() {
    GenericKubernetesResource schedule = create(tenant, schedule("{}"));
    ObjectNode changed = Resources.YAML.valueToTree(schedule);
    changed.set("spec", schedule("{namespaces: [OTHER]}").get("spec"));

    assertThatThrownBy(() -> resource(tenant, changed).update())
        .hasMessageContaining("tenant may not disturb pods in namespace " + other.name());
  }

  @Test
  void theExperimentsOfAScheduleAreNotAskedAgain() {
    assertThatCode(() -> create(controller, experiment("{namespaces: [OTHER]}")))
        .doesNotThrowAnyException();
  }

  @Test
  void sixteenNamespacesAreCheckedAndMoreAreRefused() {
    assertThatCode(() -> create(CLUSTER.client(), experiment(namespaces(16))))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> create(tenant, experiment(namespaces(16))))
        .hasMessageContaining("tenant may not disturb pods in namespace n0");
    assertThatThrownBy(
            () -> create(CLUSTER.client(), experiment(namespaces(16) + "}, {selector: {}")))
        .hasMessageContaining("an experiment names at most 16 namespaces");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nodefault", "peerset"})
  void onlyTheControllerTellsNodesWhatToDo(String kind) {
    ObjectNode object = Resources.full(kind).deepCopy();
    object.withObject("/metadata").put("namespace", SYSTEM).put("name", "forged");

    for (KubernetesClient client : List.of(CLUSTER.client(), tenant, agent)) {
      assertThatThrownBy(() -> create(client, object))
          .isInstanceOf(KubernetesClientException.class)
          .hasMessageContaining("orbidden");
    }
  }

  @Test
  void anAgentWritesTheStatusOfItsOwnNodeOnly() {
    String node = CLUSTER.nodes().getFirst();
    String another = CLUSTER.nodes().getLast();

    assertThatCode(() -> writeStatus(agent, node)).doesNotThrowAnyException();
    assertThatThrownBy(() -> writeStatus(agent, another))
        .hasMessageContaining("only the agent of node " + another + " may");
    assertThatThrownBy(() -> writeStatus(CLUSTER.client(), node))
        .hasMessageContaining("only the agent of node " + node + " may");
  }

  @Test
  void anAgentChangesNoOrders() {
    ObjectNode order = nodeFault(CLUSTER.nodes().getFirst());
    order.withObject("/spec").put("durationMillis", 1);

    assertThatThrownBy(() -> resource(agent, order).patch()).hasMessageContaining("cannot patch");
  }

  @ParameterizedTest
  @ValueSource(strings = {"list secrets", "create pods", "create pods/exec", "patch pods"})
  void theControllerHasNoRightTo(String right) {
    for (String account : List.of("squall-controller", "squall-agent")) {
      String user = "--as=system:serviceaccount:" + SYSTEM + ":" + account;
      String[] words = right.split(" ", -1);
      assertThat(CLUSTER.kubectl("auth", "can-i", words[0], words[1], "-A", user).text())
          .isEqualTo("no");
    }
  }

  private static void requirePolicies() {
    assertThatThrownBy(() -> resource(CLUSTER.client(), nodeFault("none")).dryRun().create())
        .hasMessageContaining("'squall-orders'");
    assertThatThrownBy(
            () -> resource(tenant, experiment("{namespaces: [OTHER]}")).dryRun().create())
        .hasMessageContaining("'squall-disturb'");
  }

  /// A pod as an agent's; it need not start.
  private static Pod pod(String node) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(SYSTEM)
        .withName("admission")
        .endMetadata()
        .withNewSpec()
        .withNodeName(node)
        .withServiceAccountName("squall-agent")
        .addNewContainer()
        .withName("busybox")
        .withImage(CLUSTER.busybox())
        .withCommand("sleep", "600")
        .endContainer()
        .endSpec()
        .build();
  }

  private static ObjectNode experiment(String selector) {
    return object("kind: Experiment, spec: " + spec(selector));
  }

  private static ObjectNode schedule(String selector) {
    return object(
        "kind: ExperimentSchedule, spec: {schedule: '@hourly', suspend: true, template: %s}"
            .formatted(spec(selector)));
  }

  private static String spec(String selector) {
    return "{targets: [{selector: %s}], faults: [{loss: 5%%}]}".formatted(selector);
  }

  private static ObjectNode object(String kindAndSpec) {
    String yaml =
        "{apiVersion: squall.dev/v1alpha1, metadata: {generateName: t-, namespace: OWN}, %s}"
            .formatted(kindAndSpec);
    String named = yaml.replace("OWN", own.name()).replace("OTHER", other.name());
    try {
      return (ObjectNode) Resources.YAML.readTree(named);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(named, e);
    }
  }

  private static String namespaces(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "n" + i)
        .collect(Collectors.joining(", ", "{namespaces: [", "]}"));
  }

  private static ObjectNode nodeFault(String node) {
    ObjectNode fault = Resources.full("nodefault").deepCopy();
    fault.withObject("/metadata").put("namespace", SYSTEM).put("name", "admission-" + node);
    fault.withObject("/spec").put("nodeName", node);
    fault.remove("status");
    return fault;
  }

  private static void writeStatus(KubernetesClient client, String node) {
    ObjectNode fault =
        Resources.YAML.valueToTree(resource(CLUSTER.client(), nodeFault(node)).get());
    fault.withObject("/status").put("agentVersion", "test").putArray("pods");
    resource(client, fault).updateStatus();
  }

  private static GenericKubernetesResource create(KubernetesClient client, ObjectNode object) {
    return resource(client, object).create();
  }

  private static Resource<GenericKubernetesResource> resource(
      KubernetesClient client, ObjectNode object) {
    GenericKubernetesResource resource =
        Serialization.unmarshal(object.toString(), GenericKubernetesResource.class);
    return client
        .genericKubernetesResources(resource.getApiVersion(), resource.getKind())
        .resource(resource);
  }
}
