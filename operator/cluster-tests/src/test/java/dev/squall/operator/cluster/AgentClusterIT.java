// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.operator.api.v1alpha1.PodFault;
import dev.squall.operator.api.v1alpha1.PodFault.Phase;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the agent does with a NodeFault, seen from the pod that it hits: pings every 50 ms, all of
/// them lost while the fault works.
@NeedsCluster
class AgentClusterIT {
  private static final Duration BETWEEN = Duration.ofMillis(50);
  private static final String AGENT = "squall-agent.jar";

  private final Cluster cluster = Cluster.shared();
  private TestNamespace namespace;
  private TestPod web;
  private String peer;
  private Surgeon surgeon;

  @BeforeAll
  static void install(@TempDir Path folder) {
    AgentOnNodes.install(Cluster.shared(), folder);
  }

  @BeforeEach
  void makePods() {
    namespace = cluster.namespace("agent");
    String node = cluster.nodes().getFirst();
    web = namespace.start("web", Map.of(), node);
    TestPod other = namespace.start("peer", Map.of(), cluster.nodes().getLast());
    surgeon = Surgeon.on(node, namespace);
    namespace.awaitReady();
    peer = other.address();
  }

  @AfterEach
  void removePods() {
    namespace.close();
  }

  private CompletableFuture<Ping> pings(double seconds) {
    int count = (int) (seconds * 1000 / BETWEEN.toMillis());
    return CompletableFuture.supplyAsync(() -> web.traffic().ping(peer, count, BETWEEN));
  }

  private Ping ping(double seconds) {
    return pings(seconds).join();
  }

  private void awaitRestartOfWeb() {
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(this::webHasRestarted);
  }

  private boolean webHasRestarted() {
    ContainerStatus container = web.get().getStatus().getContainerStatuses().getFirst();
    return container.getRestartCount() > 0 && container.getReady();
  }

  /// For how long pings were lost; somewhat longer on a machine that is late with them.
  private static Duration lostFor(Ping ping) {
    return BETWEEN.multipliedBy(ping.sent() - ping.received());
  }

  private static Duration uncoveredBetween(PodFault before, PodFault after) {
    return Duration.ofMillis(TestFault.uncovered(after) - TestFault.uncovered(before));
  }

  @Test
  void theFaultWorksFromTheAgreedMomentToTheDeadline() {
    try (TestFault fault = TestFault.lossOf(web, Duration.ofSeconds(5))) {
      Ping ping = ping(9);
      PodFault row = fault.awaitPhase(Phase.Ended);
      assertThat(lostFor(ping)).isBetween(Duration.ofMillis(3500), Duration.ofMillis(6000));
      assertThat(TestFault.hits(row)).isEqualTo(ping.sent() - ping.received());
      assertThat(TestFault.uncovered(row)).isLessThan(2000);
      assertThat(fault.status().observedGeneration()).isEqualTo(1);
    }
  }

  /// Longer than the pace of counts, which are no news while nothing is hit.
  @Test
  void anIdleFaultWritesNothing() throws InterruptedException {
    try (TestFault fault = TestFault.lossOf(web, Duration.ofSeconds(60))) {
      fault.awaitPhase(Phase.Injecting);
      Thread.sleep(1_000);
      String version = fault.version();
      Thread.sleep(6_000);
      assertThat(fault.version()).isEqualTo(version);
      assertThat(TestFault.hits(fault.status().pods().getFirst())).isZero();
    }
  }

  @Test
  void stopEndsTheFaultAndKeepsItsCounts() {
    try (TestFault fault = TestFault.lossOf(web, Duration.ofSeconds(60))) {
      fault.awaitPhase(Phase.Injecting);
      assertThat(ping(1).received()).isZero();
      fault.stop();
      PodFault row = fault.awaitPhase(Phase.Ended);
      assertThat(TestFault.hits(row)).isPositive();
      assertThat(ping(1).loss()).isZero();
    }
  }

  @Test
  void aDeletedNodeFaultEndsWithinASecond() {
    TestFault fault = TestFault.lossOf(web, Duration.ofSeconds(60));
    fault.awaitPhase(Phase.Injecting);
    CompletableFuture<Ping> pings = pings(3);
    fault.close();
    assertThat(lostFor(pings.join())).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void afterACrashOfTheAgentTheFaultIsGoneAndReturnsCountedOnce() {
    AgentOnNodes.renew(cluster);
    try (TestFault fault = TestFault.lossOf(web, Duration.ofSeconds(20))) {
      PodFault before = fault.awaitPhase(Phase.Injecting);
      CompletableFuture<Ping> pings = pings(24);
      surgeon.signal("9", AGENT);
      fault.awaitReturn(before);
      PodFault row = fault.awaitPhase(Phase.Ended);
      Ping ping = pings.join();
      Duration passed = Duration.ofSeconds(24).minus(lostFor(ping));
      assertThat(TestFault.hits(row)).isLessThanOrEqualTo(ping.sent() - ping.received() + 20);
      assertThat(row.timeline().injected()).isEqualTo(before.timeline().injected());
      assertThat(uncoveredBetween(before, row))
          .isBetween(Duration.ofMillis(300), passed.plusMillis(3000));
    }
  }

  @Test
  void anAgentThatIsHeldUpLosesTheLeaseAndInjectsAgain() {
    try (TestFault fault = TestFault.lossOf(web, Duration.ofSeconds(60))) {
      PodFault before = fault.awaitPhase(Phase.Injecting);
      surgeon.signal("STOP", AGENT);
      Ping frozen = ping(4);
      surgeon.signal("CONT", AGENT);
      PodFault row = fault.awaitReturn(before);
      assertThat(lostFor(frozen)).isLessThan(Duration.ofSeconds(3));
      assertThat(uncoveredBetween(before, row)).isGreaterThan(Duration.ofSeconds(2));
      assertThat(ping(1).received()).isZero();
    }
  }

  @Test
  void aContainerThatRestartsKeepsTheFault() {
    try (TestFault fault = TestFault.lossOf(web, Duration.ofSeconds(60))) {
      PodFault before = fault.awaitPhase(Phase.Injecting);
      surgeon.kill(web, true);
      awaitRestartOfWeb();
      assertThat(ping(1).received()).isZero();
      PodFault row = fault.status().pods().getFirst();
      assertThat(uncoveredBetween(before, row)).isLessThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void aSandboxThatIsMadeAnewIsInjectedAnew() {
    try (TestFault fault = TestFault.lossOf(web, Duration.ofSeconds(60))) {
      PodFault before = fault.awaitPhase(Phase.Injecting);
      surgeon.kill(web, false);
      awaitRestartOfWeb();
      PodFault row = fault.awaitReturn(before);
      assertThat(ping(1).received()).isZero();
      assertThat(uncoveredBetween(before, row)).isLessThan(Duration.ofSeconds(15));
    }
  }

  @Test
  void aPodThatIsDeletedLeavesTheOthersAlone() {
    try (TestFault fault = TestFault.lossOf(web, Duration.ofSeconds(60))) {
      fault.awaitPhase(Phase.Injecting);
      cluster.client().pods().inNamespace(namespace.name()).withName("web").delete();
      fault.stop();
      fault.awaitPhase(Phase.Ended);
    }
  }

  @Test
  void theStopSwitchEndsTheFaultWithinASecond() {
    String policy =
        """
        apiVersion: squall.dev/v1alpha1
        kind: SquallPolicy
        metadata: {name: stop-%s}
        spec: {stop: true}
        """
            .formatted(namespace.name());
    try (TestFault fault = TestFault.lossOf(web, Duration.ofSeconds(60))) {
      fault.awaitPhase(Phase.Injecting);
      CompletableFuture<Ping> pings = pings(4);
      cluster.apply(policy).successful();
      assertThat(lostFor(pings.join())).isLessThan(Duration.ofSeconds(5));
      assertThat(fault.awaitPhase(Phase.Ended).message()).contains("stop switch");
    } finally {
      cluster.kubectl("delete", "squallpolicy", "stop-" + namespace.name());
    }
  }

  @Test
  void anOrderlyEndOfTheAgentLeavesNothingAndTheNextOneGoesOn() {
    AgentOnNodes.renew(cluster);
    try (TestFault fault = TestFault.lossOf(web, Duration.ofSeconds(60))) {
      PodFault before = fault.awaitPhase(Phase.Injecting);
      CompletableFuture<Ping> pings = pings(10);
      surgeon.signal("TERM", AGENT);
      PodFault row = fault.awaitReturn(before);
      assertThat(pings.join().received()).isPositive();
      assertThat(row.message()).isNull();
      assertThat(ping(1).received()).isZero();
    }
  }

  @Test
  void aPodWithTheNetworkOfItsHostIsRefusedWithAReason() {
    cluster
        .apply(
            """
            apiVersion: v1
            kind: Pod
            metadata: {namespace: %s, name: host}
            spec:
              nodeName: %s
              hostNetwork: true
              terminationGracePeriodSeconds: 0
              containers:
              - {name: c, image: "%s", imagePullPolicy: IfNotPresent, command: [sleep, "1000"]}
            """
                .formatted(namespace.name(), cluster.nodes().getFirst(), cluster.busybox()))
        .successful();
    namespace.awaitReady();
    TestPod host = new TestPod(cluster, namespace.name(), "host");
    try (TestFault fault = TestFault.lossOf(host, Duration.ofSeconds(60))) {
      assertThat(fault.awaitPhase(Phase.Refused).message()).contains("hostNetwork");
    }
  }
}
