// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.cli.cluster.ObjectType;
import dev.squall.cli.console.ExitStatus;
import org.junit.jupiter.api.Test;

class ClusterDoctorTest {
  private static final String READY = "conditions: [{type: Ready, status: \"True\"}]";

  private final Call call = new Call();
  private final FakeCluster cluster = call.engine.cluster;

  private void controller(int ready) {
    cluster.put(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          namespace: squall-system
          name: squall-controller
          labels: {app.kubernetes.io/part-of: squall}
        spec:
          replicas: 1
          template: {spec: {containers: [{image: "registry/controller:1.0"}]}}
        status: {updatedReplicas: 1, readyReplicas: %d}
        """
            .formatted(ready));
  }

  private void node(String name, String status) {
    cluster.put(
        "{apiVersion: v1, kind: Node, metadata: {name: %s}, status: {%s}}".formatted(name, status));
  }

  private void agent(String node, String version, String status) {
    cluster.put(
        """
        apiVersion: v1
        kind: Pod
        metadata:
          namespace: squall-system
          name: squall-agent-%s
          labels: {app.kubernetes.io/name: squall-agent}
        spec:
          nodeName: %s
          containers: [{image: "registry/agent:%s"}]
        status: {%s}
        """
            .formatted(node, node, version, status));
  }

  @Test
  void everythingIsThere() {
    controller(1);
    node("n1", READY);
    agent("n1", "1.0", READY);

    assertThat(call.squall("doctor --cluster")).isEqualTo(ExitStatus.OK);
    assertThat(call.out())
        .isEqualTo(
            """
            ok       server: Kubernetes v1.34.0 at https://fake:6443
            ok       types: 5 of squall.dev/v1alpha1
            ok       Chaos Mesh: NetworkChaos of chaos-mesh.org/v1alpha1 is served
            ok       controller: 1 of 1 ready in squall-system, version 1.0
            ok       agents: ready on 1 of 1 nodes, version 1.0
            ok       policy: no SquallPolicy limits experiments
            ok       account: you may do all that the verbs need
            faults can be injected in this cluster
            """);
  }

  @Test
  void whatIsMissingIsNamedWithItsFix() {
    cluster.served.remove(ObjectType.EXPERIMENT);
    cluster.served.remove(ObjectType.NETWORK_CHAOS);
    cluster.minor = "31+";
    cluster.forbidden.add("create EXPERIMENT");
    cluster.forbidden.add("list NODE_FAULT");
    node("n1", READY);

    assertThat(call.squall("doctor --cluster")).isEqualTo(ExitStatus.NOT_INJECTED);
    assertThat(call.out())
        .isEqualTo(
            """
            missing  server: Kubernetes v1.31+.0 at https://fake:6443
                     fix: Squall needs Kubernetes 1.32 or newer
            missing  types: the API server does not serve Experiment
                     fix: squall install
            missing  controller: there is none
                     fix: squall install
            missing  agents: ready on 0 of 1 nodes
                     fix: squall install
            missing  agent on n1: there is none
            ok       policy: no SquallPolicy limits experiments
            limited  account: you may not create experiments in namespace shop; nor list nodefaults, \
            so that squall status has no row per pod
                     fix: ask who administers the cluster for these rights
            faults cannot be injected in this cluster; missing: server, types, controller, agents, \
            agent on n1
            """);
  }

  @Test
  void nodesWithoutAnAgentAreNamedWithTheReason() {
    controller(1);
    node("n1", READY);
    node("n2", "conditions: [{type: Ready, status: Unknown}]");
    node("n3", READY);
    node("n4", READY);
    agent("n1", "1.0", READY);
    agent("n3", "1.0", "containerStatuses: [{state: {waiting: {reason: CrashLoopBackOff}}}]");
    agent("n4", "1.0", "containerStatuses: [{state: {running: {}}}]");

    assertThat(call.squall("doctor --cluster")).isEqualTo(ExitStatus.NOT_INJECTED);
    assertThat(call.out())
        .contains(
            """
            missing  agents: ready on 1 of 4 nodes, version 1.0
            missing  agent on n2: the node is not ready
            missing  agent on n3: CrashLoopBackOff
                     fix: kubectl logs -n squall-system squall-agent-n3 says more
            missing  agent on n4: it runs, but is not ready
                     fix: kubectl logs -n squall-system squall-agent-n4 says more
            """);
  }

  @Test
  void severalVersionsAndTheStopSwitchAreAWarning() {
    controller(1);
    node("n1", READY);
    node("n2", READY);
    agent("n1", "1.0", READY);
    agent("n2", "1.1", READY);
    call.squall("stop --all --cluster");

    assertThat(call.squall("doctor --cluster")).isEqualTo(ExitStatus.OK);
    assertThat(call.out())
        .contains("limited  agents: ready on 2 of 2 nodes, of several versions: 1.0, 1.1\n")
        .contains("ok       policy: experiments keep to SquallPolicy stop-switch\n")
        .contains("limited  stop switch: on in SquallPolicy stop-switch: no experiment runs\n")
        .contains("fix: squall resume --all --cluster\n");
  }

  @Test
  void aControllerThatIsNotReadyIsMissing() {
    controller(0);

    assertThat(call.squall("doctor --cluster -o json")).isEqualTo(ExitStatus.NOT_INJECTED);
    assertThat(call.out())
        .contains("{\"name\":\"controller\",\"outcome\":\"missing\",\"meaning\":\"0 of 1 ready in");
  }
}
