// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.operator.api.v1alpha1.ConditionType;
import dev.squall.operator.api.v1alpha1.PodFault;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What happens to pods and experiments when the cluster around them changes.
@NeedsCluster
class FaultCaseClusterIT extends FaultCaseFixture {
  private static final Duration BETWEEN = Duration.ofMillis(50);

  @Test
  void aKubeletThatIsKilledLeavesFaultsOn() {
    Rig rig = CLUSTER.rig();
    TestExperiment experiment = apply("loss", LOSS);
    awaitInjecting(experiment, 1);
    PingLog pings = PingLog.start(web, peer.address(), Duration.ofSeconds(10));
    String kill = "kill -9 $(cat /run/kubelet.pid)";
    rig.run("enter", CLUSTER.nodes().getFirst(), "sh", "-c", kill).successful();
    pause(Duration.ofSeconds(8));
    await(Duration.ofSeconds(30), () -> web.exec("true").exitCode() == 0);
    assertThat(pings.answered(pings.start(), pings.start().plusSeconds(8))).isZero();
    assertThat(web.get().getStatus().getContainerStatuses().getFirst().getRestartCount()).isZero();
    experiment.delete();
    assertThat(answers()).isTrue();
  }

  @Test
  void aNodeThatIsBootedAnewHasNoFaultUntilItsAgentIsBack() {
    Rig rig = CLUSTER.rig();
    TestExperiment experiment = apply("loss", LOSS);
    awaitInjecting(experiment, 1);
    String node = CLUSTER.nodes().getFirst();
    rig.run("reboot", node).successful();
    await(Duration.ofMinutes(2), () -> row(experiment).timeline().uncoveredMillis() > 1000);
    await(Duration.ofSeconds(60), () -> row(experiment).phase() == PodFault.Phase.Injecting);
    shop.awaitReady();
    awaitAnswers(false, Duration.ofSeconds(30));
    experiment.delete();
    assertThat(answers()).isTrue();
    assertThat(orders()).isEmpty();
  }

  @Test
  void aNamespaceThatIsDeletedTakesItsExperimentsWithIt() {
    TestExperiment experiment = apply("loss", LOSS);
    awaitInjecting(experiment, 1);
    Instant start = Instant.now();
    CLUSTER.kubectl("delete", "namespace", shop.name(), "--timeout=60s").successful();
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(30));
    assertThat(orders()).isEmpty();
  }

  @Test
  void whoGetsTheAddressOfAPodThatIsGoneIsNotHit() {
    String node = CLUSTER.nodes().getLast();
    TestPod old = shop.start("old", Map.of("app", "old"), node);
    Surgeon surgeon = Surgeon.on(node, shop);
    shop.awaitReady();
    String address = old.address();
    apply("target", LOSS.replace("app: web", "app: old"));
    TestExperiment towards =
        apply("peer", LOSS + "traffic: {peers: [{pods: {selector: {labels: {app: old}}}}]}\n");
    awaitInjecting(towards, 1);
    assertThat(web.traffic().ping(address, 3, BETWEEN).received()).isZero();
    assertThat(answers()).isTrue();
    CLUSTER.kubectl("-n", shop.name(), "delete", "pod", "old", "--wait=true").successful();
    surgeon.offerAddress(address);
    TestPod other = shop.start("other", Map.of("app", "other"), node);
    shop.awaitReady();
    assertThat(other.address()).isEqualTo(address);
    Ping ping = web.traffic().ping(address, 20, BETWEEN);
    assertThat(ping.received()).as("after %s", ping).isEqualTo(20);
  }

  @Test
  void experimentsOnOnePodAddUpAndTheEndOfOneLeavesTheOther() {
    String delay =
        """
        targets: [{selector: {labels: {app: web}}}]
        faults: [{delay: 60ms}]
        traffic: {direction: egress}
        """;
    TestExperiment one = apply("one", delay);
    TestExperiment two = apply("two", delay);
    awaitInjecting(one, 1);
    awaitInjecting(two, 1);
    assertThat(median()).isBetween(Duration.ofMillis(120), Duration.ofMillis(160));
    PingLog pings = PingLog.start(web, peer.address(), Duration.ofSeconds(5));
    one.delete();
    pause(Duration.ofSeconds(6));
    assertThat(pings.answered(pings.start(), pings.start().plusMillis(4900))).isEqualTo(1);
    assertThat(median()).isBetween(Duration.ofMillis(60), Duration.ofMillis(100));
    two.delete();
    assertThat(median()).isLessThan(Duration.ofMillis(30));
  }

  @Test
  void whatIsDeletedWhileItBeginsLeavesNothing() {
    for (int i = 0; i < 8; i++) {
      TestExperiment experiment = apply("loss", LOSS);
      pause(Duration.ofMillis(100L * i));
      experiment.delete();
    }
    assertThat(orders()).isEmpty();
    assertThat(web.traffic().ping(peer.address(), 40, BETWEEN).loss()).isZero();
  }

  @Test
  void squallsOwnPodsAreNeverHit() {
    CLUSTER
        .kubectl("label", "--overwrite", "namespace", SYSTEM, "squall.dev/inject=enabled")
        .successful();
    TestExperiment experiment =
        apply(
            "own",
            """
            targets: [{selector: {namespaces: [%s]}}]
            faults: [{loss: 100%%}]
            """
                .formatted(SYSTEM));
    await(
        Duration.ofSeconds(10),
        () -> experiment.condition(ConditionType.Selected).equals("False NamespaceProtected"));
    assertThat(experiment.nodeFaults()).isEmpty();
  }

  private Duration median() {
    return web.traffic().ping(peer.address(), 20, BETWEEN).median();
  }

  private static PodFault row(TestExperiment experiment) {
    return experiment.nodeFaults().getFirst().getStatus().pods().getFirst();
  }
}
