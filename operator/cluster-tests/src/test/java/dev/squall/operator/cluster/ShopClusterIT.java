// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.operator.api.install.Installation;
import dev.squall.operator.api.v1alpha1.ConditionType;
import dev.squall.operator.api.v1alpha1.ExperimentStatus;
import dev.squall.operator.api.v1alpha1.PodFault;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole of Squall, as somebody has it who installs it and applies an Experiment: what the pods
/// notice, what the kernels counted, and that nothing is left.
@NeedsCluster
class ShopClusterIT {
  private static final Duration BETWEEN = Duration.ofMillis(50);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static InstalledSquall squall;

  private final Cluster cluster = Cluster.shared();
  private TestNamespace shop;
  private TestPod client;
  private TestPod web;
  private TestPod database;

  @BeforeAll
  static void install(@TempDir Path folder) {
    squall = InstalledSquall.install(Cluster.shared(), folder);
  }

  @AfterAll
  static void uninstall() {
    squall.close();
  }

  @BeforeEach
  void openShop() {
    shop = cluster.namespace("shop");
    cluster.kubectl("label", "namespace", shop.name(), "squall.dev/inject=enabled").successful();
    client = shop.start("client", Map.of("app", "client"), cluster.nodes().getFirst());
    web = shop.start("web", Map.of("app", "web"), cluster.nodes().getLast());
    database = shop.start("db", Map.of("app", "db"), cluster.nodes().getFirst());
    shop.awaitReady();
  }

  @AfterEach
  void closeShop() {
    cluster.kubectl("-n", shop.name(), "delete", "experiments", "--all", "--timeout=30s");
    shop.close();
  }

  private TestExperiment apply(String spec) {
    return TestExperiment.apply(shop, Installation.NAMESPACE, "trouble", spec);
  }

  private boolean answers(TestPod from, TestPod to) {
    return from.traffic().ping(to.address(), 3, BETWEEN).received() > 0;
  }

  private void await(boolean answered) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> answers(client, web) == answered);
  }

  private static Duration delete(TestExperiment experiment) {
    try {
      return experiment.delete();
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(squall.state(), e);
    }
  }

  @Test
  void theChosenPodLosesWhatGoesToItsPeersAndNothingElseUntilItIsDeleted() {
    TestExperiment experiment =
        apply(
            """
            targets: [{selector: {labels: {app: client}}}]
            faults: [{loss: 100%}]
            traffic: {peers: [{pods: {selector: {labels: {app: web}}}}]}
            """);
    await(false);
    assertThat(answers(client, database)).as("another peer").isTrue();
    assertThat(answers(database, web)).as("another pod").isTrue();
    ExperimentStatus running = experiment.awaitInjecting(1);
    assertThat(experiment.condition(ConditionType.Injected)).startsWith("True");
    assertThat(running.progress().summary()).isNotBlank();
    // Without a word from the nodes it would take 2 seconds.
    assertThat(delete(experiment)).isLessThan(Duration.ofMillis(1500));
    assertThat(answers(client, web)).as("after its end").isTrue();
    assertThat(
            cluster
                .kubectl("-n", Installation.NAMESPACE, "get", "nodefaults,peersets", "-o", "name")
                .text())
        .isEmpty();
  }

  @Test
  void theFaultEndsWithItsDurationAndTheStatusSaysWhatTheKernelCounted() {
    CompletableFuture<Ping> pings =
        CompletableFuture.supplyAsync(() -> client.traffic().ping(web.address(), 240, BETWEEN));
    TestExperiment experiment =
        apply(
            """
            targets: [{selector: {labels: {app: client}}}]
            faults: [{loss: 100%}]
            duration: 5s
            """);
    Ping ping = pings.join();
    int lost = ping.sent() - ping.received();
    assertThat(BETWEEN.multipliedBy(lost))
        .as("it began and ended while pings were sent")
        .isBetween(Duration.ofMillis(1000), Duration.ofMillis(6500));
    ExperimentStatus ended = experiment.await(status -> status.timeline().endedAt() != null);
    assertThat(ended.progress().hit()).as(squall::state).isEqualTo(lost);
    assertThat(experiment.condition(ConditionType.Recovered)).startsWith("True");
  }

  /// `bench/cluster-latency.sh` runs it more often, and prints what it says.
  @Test
  void packetsAreHitWithinASecondOfApplyAndSparedWithinASecondOfDelete() throws IOException {
    int rounds = Integer.getInteger("squall.rounds", 5);
    Latency.Times times = new Latency(client, web).measure("client", rounds);
    System.out.print(times.table());
    Files.writeString(Path.of("target/latency.md"), times.table());
    // Of a few, one is late where the machine has other work.
    int percent = rounds < 50 ? 50 : 99;
    assertThat(times.untilHit(percent)).isLessThan(SECOND);
    assertThat(times.untilSpared(percent)).isLessThan(SECOND);
    assertThat(times.untilGone(percent)).isLessThan(SECOND);
  }

  @Test
  void aNewReplicaIsHitAndItsRowSaysForHowLongItWasNot() {
    Deployment replicas = shop.deploy("replica", PingStream.command(web.address()));
    TestExperiment experiment =
        apply(
            """
            targets: [{selector: {labels: {app: replica}}}]
            faults: [{loss: 100%}]
            """);
    experiment.awaitInjecting(1);
    Instant scaled = Instant.now();
    cluster.client().resource(replicas).scale(2);
    experiment.awaitInjecting(2);
    PodFault row =
        experiment.rows().stream()
            .max(Comparator.comparing(one -> one.timeline().injected()))
            .orElseThrow();
    String printed = new TestPod(cluster, shop.name(), row.pod().name()).logs();
    Instant started = PingStream.time(printed.substring(0, printed.indexOf(' ')));
    Instant hit = PingStream.gap(PingStream.parse(printed), started).first();
    Duration told = Duration.ofMillis(row.timeline().uncoveredMillis());
    Duration noticed = Duration.between(started, hit);
    System.out.println("a new replica: uncovered for " + noticed + ", its row says " + told);
    // Its network is there before its container, and after somebody asked for it.
    assertThat(told)
        .isBetween(noticed.minusMillis(50), Duration.between(scaled, hit).plusMillis(50));
    assertThat(experiment.status().reach().pods().longestUncoveredMillis())
        .isEqualTo(told.toMillis());
  }

  @Test
  void aDelayIsWhatAClientInThePodMeasures() {
    apply(
        """
        targets: [{selector: {labels: {app: client}}}]
        faults: [{delay: 100ms}]
        traffic: {direction: egress}
        """);
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                client
                        .traffic()
                        .ping(web.address(), 1, BETWEEN)
                        .fastest()
                        .compareTo(Duration.ofMillis(100))
                    >= 0);
    Ping ping = client.traffic().ping(web.address(), 20, BETWEEN);
    assertThat(ping.loss()).isZero();
    assertThat(ping.median()).isBetween(Duration.ofMillis(100), Duration.ofMillis(130));
  }
}
