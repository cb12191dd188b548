// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.squall.cli.cluster.ObjectType;
import dev.squall.cli.console.ExitStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstallTest {
  private final Call call = new Call();
  private final FakeCluster cluster = call.engine.cluster;

  /// What an API server and kubelets do.
  private void everybodyWorks() {
    call.engine.ticker.whileWaiting(
        () -> {
          establishTypes();
          for (ObjectNode deployment : cluster.all(ObjectType.DEPLOYMENT)) {
            deployment.withObject("/status").put("updatedReplicas", 1).put("readyReplicas", 1);
          }
          for (ObjectNode agents : cluster.all(ObjectType.DAEMON_SET)) {
            agents
                .withObject("/status")
                .put("desiredNumberScheduled", 2)
                .put("updatedNumberScheduled", 2)
                .put("numberReady", 2);
          }
        });
  }

  private static void wantOnePod(ObjectNode agents) {
    agents.withObject("/status").put("desiredNumberScheduled", 1);
  }

  private void establishTypes() {
    for (ObjectNode crd : cluster.all(ObjectType.CRD)) {
      crd.withObject("/status")
          .putArray("conditions")
          .addObject()
          .put("type", "Established")
          .put("status", "True");
    }
  }

  @Test
  void typesComeBeforeWhatWantsThemAndAllIsSaid() {
    everybodyWorks();

    assertThat(call.squall("install")).as(call::err).isEqualTo(ExitStatus.OK);
    List<String> lines = call.out().lines().toList();
    assertThat(lines)
        .startsWith(
            "namespace/squall-system created",
            "customresourcedefinition.apiextensions.k8s.io/experiments.squall.dev created")
        .containsSubsequence(
            "customresourcedefinition.apiextensions.k8s.io/peersets.squall.dev created",
            "daemonset.apps/squall-agent created",
            "deployment.apps/squall-controller created",
            "waiting until squall-agent and squall-controller are ready, at most 3m ...",
            "squall-agent: 2 ready, squall-controller: 1 ready",
            "experiments may reach a namespace once you say so: kubectl label namespace NAME"
                + " squall.dev/inject=enabled");
  }

  @Test
  void aSecondInstallationChangesOnlyWhatDiffers() {
    everybodyWorks();
    call.squall("install");

    call.squall("install --open-namespaces all");
    assertThat(call.out())
        .contains("namespace/squall-system unchanged\n")
        .contains("daemonset.apps/squall-agent unchanged\n")
        .contains("deployment.apps/squall-controller configured\n")
        .endsWith("squall-agent: 2 ready, squall-controller: 1 ready\n");
  }

  @Test
  void aTypeOfChaosMeshIsLeftToIt() {
    ObjectNode theirs =
        cluster.put(
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: schedules.chaos-mesh.org}
            spec: {group: chaos-mesh.org}
            """);
    everybodyWorks();

    assertThat(call.squall("install --set chaosMesh=true")).isEqualTo(ExitStatus.OK);
    assertThat(call.out())
        .contains("/schedules.chaos-mesh.org kept: it is not Squall's\n")
        .contains("/networkchaos.chaos-mesh.org created\n");
    assertThat(cluster.get(ObjectType.CRD, null, "schedules.chaos-mesh.org")).isSameAs(theirs);
  }

  @Test
  void aDryRunPrintsObjectsAndTouchesNothing() {
    assertThat(call.squall("install --dry-run -n chaos --set images.agent=registry.example/a:1"))
        .isEqualTo(ExitStatus.OK);
    assertThat(call.out())
        .startsWith("---\n")
        .contains("\nkind: Namespace\nmetadata:\n  name: chaos\n")
        .contains("image: registry.example/a:1\n");
    assertThat(call.engine.choice).isNull();
  }

  @Test
  void whatIsNotServedInTimeIsNamed() {
    assertThat(call.squall("install")).isEqualTo(ExitStatus.NOT_INJECTED);
    assertThat(call.err())
        .startsWith("squall: after 30s the API server does not serve experiments.squall.dev, ");
    assertThat(cluster.all(ObjectType.DEPLOYMENT)).isEmpty();
  }

  @Test
  void podsThatDoNotComeUpAreNamedWithTheReason() {
    cluster.put(
        """
        apiVersion: v1
        kind: Pod
        metadata:
          namespace: squall-system
          name: squall-agent-x
          labels: {app.kubernetes.io/name: squall-agent}
        spec: {nodeName: n1}
        status:
          containerStatuses:
            - state: {waiting: {reason: ImagePullBackOff, message: no such image}}
        """);
    call.engine.ticker.whileWaiting(
        () -> {
          establishTypes();
          cluster.all(ObjectType.DAEMON_SET).forEach(InstallTest::wantOnePod);
        });

    assertThat(call.squall("install")).isEqualTo(ExitStatus.NOT_INJECTED);
    assertThat(call.err())
        .isEqualTo(
            "squall: after 3m squall-agent: 0 of 1 pods are ready (on n1: ImagePullBackOff no such"
                + " image); squall-controller: 0 of 1 pods are ready (no pod of squall-controller"
                + " was made: kubectl describe deployment.apps/squall-controller -n squall-system"
                + " says why); squall install again goes on from here, squall uninstall takes all"
                + " away\n");
  }

  @Test
  void aSettingHasAKeyAndAValue() {
    assertThat(call.squall("install --set images.agent")).isEqualTo(ExitStatus.USAGE);
    assertThat(call.err())
        .isEqualTo(
            "squall: --set images.agent: write KEY=VALUE, as in images.agent=registry/agent:1\n");
  }

  @Test
  void anUnknownValueOfTheChartIsRefused() {
    assertThat(call.squall("install --set image=x")).isEqualTo(ExitStatus.USAGE);
    assertThat(call.err())
        .startsWith("squall: --set image: there is no such setting; there are chaosMesh, ");
  }
}
