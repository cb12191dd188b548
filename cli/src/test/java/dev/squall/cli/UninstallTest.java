// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.cli.cluster.ObjectKey;
import dev.squall.cli.cluster.ObjectType;
import dev.squall.cli.console.ExitStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UninstallTest {
  private static final String OURS = "labels: {app.kubernetes.io/part-of: squall}";

  private final Call call = new Call();
  private final FakeCluster cluster = call.engine.cluster;

  @BeforeEach
  void anInstallation() {
    put("v1", "Namespace", "name: squall-system", OURS);
    put("apps/v1", "Deployment", "namespace: squall-system, name: squall-controller", OURS);
    put(
        "apiextensions.k8s.io/v1",
        "CustomResourceDefinition",
        "name: experiments.squall.dev",
        OURS);
    put(
        "squall.dev/v1alpha1",
        "Experiment",
        "namespace: shop, name: web",
        "finalizers: [squall.dev/experiment]");
  }

  private void put(String apiVersion, String kind, String name, String more) {
    cluster.put(
        "{apiVersion: %s, kind: %s, metadata: {%s, %s}}".formatted(apiVersion, kind, name, more));
  }

  @Test
  void nothingIsLeftAlsoWhereNobodyTakesTheFinalizersAway() {
    put("v1", "Namespace", "name: shop", "labels: {}");

    assertThat(call.squall("uninstall")).as(call::err).isEqualTo(ExitStatus.OK);
    assertThat(call.out())
        .isEqualTo(
            """
            deployment.apps/squall-controller removed
            customresourcedefinition.apiextensions.k8s.io/experiments.squall.dev removed
            namespace/squall-system removed
            nothing of squall is left in the cluster
            """);
    assertThat(cluster.objects.keySet())
        .extracting(ObjectKey::toString)
        .containsExactlyInAnyOrder("squallpolicy.squall.dev/stop-switch", "namespace/shop");
  }

  @Test
  void faultsEndBeforeAnythingIsRemoved() {
    put("squall.dev/v1alpha1", "NodeFault", "namespace: squall-system, name: a-1", "labels: {}");
    StringBuilder order = new StringBuilder();
    call.engine.ticker.whileWaiting(
        () -> {
          boolean stopped = !cluster.all(ObjectType.SQUALL_POLICY).isEmpty();
          boolean installed = !cluster.all(ObjectType.DEPLOYMENT).isEmpty();
          order.append(stopped && installed ? "stopped " : "");
          cluster.objects.keySet().removeIf(key -> key.type() == ObjectType.NODE_FAULT);
        });

    assertThat(call.squall("uninstall")).isEqualTo(ExitStatus.OK);
    assertThat(order).hasToString("stopped ");
  }

  @Test
  void nodeFaultsThatNobodyTakesAwayAreDeleted() {
    put("squall.dev/v1alpha1", "NodeFault", "namespace: squall-system, name: a-1", "labels: {}");

    assertThat(call.squall("uninstall")).isEqualTo(ExitStatus.OK);
    assertThat(call.out())
        .startsWith("nobody takes the NodeFaults away: deleting them ends their faults\n");
    assertThat(cluster.all(ObjectType.NODE_FAULT)).isEmpty();
  }

  @Test
  void aNamespaceWithPodsOfOthersIsKept() {
    put("v1", "Pod", "namespace: squall-system, name: other", "labels: {app: other}");

    assertThat(call.squall("uninstall")).isEqualTo(ExitStatus.OK);
    assertThat(call.out())
        .contains("namespace/squall-system kept: pods that are not Squall's run there\n");
    assertThat(cluster.all(ObjectType.NAMESPACE)).hasSize(1);
  }

  @Test
  void whatStaysIsNamedWithTheReasonThatTheServerHas() {
    cluster.put(
        """
        apiVersion: v1
        kind: Namespace
        metadata:
          name: old
          labels: {app.kubernetes.io/part-of: squall}
        status:
          conditions:
            - {type: NamespaceContentRemaining, status: "True", message: pods are left}
            - {type: NamespaceDeletionDiscoveryFailure, status: "False", message: fine}
        """);
    put("v1", "ConfigMap", "namespace: old, name: held", "finalizers: [example.com/x]");

    assertThat(call.squall("uninstall")).isEqualTo(ExitStatus.NOT_CLEAN);
    assertThat(call.err())
        .isEqualTo(
            "squall: still there after 2m: namespace/old (pods are left); call squall uninstall"
                + " again once that is mended\n");
  }

  @Test
  void whereNothingIsInstalledNothingIsDone() {
    cluster.objects.clear();
    cluster.served.remove(ObjectType.SQUALL_POLICY);

    assertThat(call.squall("uninstall")).isEqualTo(ExitStatus.OK);
    assertThat(cluster.objects).isEmpty();
  }
}
