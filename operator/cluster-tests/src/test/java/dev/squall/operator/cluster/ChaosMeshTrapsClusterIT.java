// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.squall.operator.api.Golden;
import dev.squall.operator.api.install.Installation;
import dev.squall.operator.api.v1alpha1.NodeFault;
import dev.squall.operator.api.v1alpha1.PodFault.RuleCount;
import dev.squall.operator.cluster.Connection.Outcome;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where users of Chaos Mesh were caught, and are not here. Traps that show in who is hit are tried
/// by [NetworkChaosClusterIT].
@NeedsCluster
class ChaosMeshTrapsClusterIT {
  private static final Cluster CLUSTER = Cluster.shared();
  private static final Golden GOLDEN = new Golden(ChaosMeshTrapsClusterIT.class, "networkchaos");
  private static final Duration BETWEEN = Duration.ofMillis(50);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static final String SPARING =
      "{name: trap, annotations: {squall.dev/except-host: 'true'}}";
  private static final Duration DELAY = Duration.ofSeconds(3);
  private static final Duration PROBES = Duration.ofSeconds(6);

  private static InstalledSquall squall;
  private static TestNamespace shop;
  private static TestChaos chaos;
  private static TestPod web;
  private static TestPod near;
  private static TestPod other;
  private static TestPod db;

  @BeforeAll
  static void install(@TempDir Path folder) {
    shop = CLUSTER.namespace("traps");
    CLUSTER.kubectl("label", "namespace", shop.name(), "squall.dev/inject=enabled").successful();
    String node = CLUSTER.nodes().getFirst();
    web = shop.start("web", Map.of("app", "web"), node);
    near = shop.start("near", Map.of("app", "near"), node);
    other = shop.start("other", Map.of("app", "other"), node);
    db = shop.start("db", Map.of("app", "db"), CLUSTER.nodes().getLast());
    chaos = new TestChaos(CLUSTER, shop.name());
    squall = InstalledSquall.install(CLUSTER, folder, Map.of("chaosMesh", "true"));
    shop.awaitReady();
  }

  @AfterAll
  static void uninstall() {
    shop.close();
    squall.close();
  }

  @AfterEach
  void deleteChaos() {
    chaos.delete();
  }

  /// Applies a NetworkChaos on `web`, and waits until it is injected.
  ///
  /// @param spec more lines of it
  private static void inject(String spec) {
    injectInto("web", spec);
  }

  private static void injectInto(String app, String spec) {
    chaos.apply(onPods(app, spec));
    chaos.awaitInjected();
  }

  private static String onPods(String app, String spec) {
    return """
        apiVersion: chaos-mesh.org/v1alpha1
        kind: NetworkChaos
        metadata: {name: trap}
        spec:
          mode: all
          selector: {labelSelectors: {app: %s}}
        %s"""
        .formatted(app, spec.indent(2));
  }

  /// Conditions, records and finalizer of an object that is paused, goes on and ends by itself.
  @Test
  void theLifeOfAnObjectReadsAsInChaosMesh() {
    inject("action: loss\nloss: {loss: '100'}\nduration: 12s");
    annotate("experiment.chaos-mesh.org/pause=true");
    await().until(() -> chaos.all("Paused") && chaos.all("AllRecovered"));
    GOLDEN.assertSame("paused.status.yaml", chaos.status());
    assertThat(answers(web, db.address())).as("while it is paused").isTrue();
    annotate("experiment.chaos-mesh.org/pause-");
    chaos.awaitInjected();
    assertThat(answers(web, db.address())).as("when it goes on").isFalse();
    await().atMost(Duration.ofSeconds(20)).until(() -> chaos.all("AllRecovered"));
    GOLDEN.assertSame("over.status.yaml", chaos.status());
    assertThat(answers(web, db.address())).as("when it is over").isTrue();
  }

  /// Under the same name, before all have heard that the one before is gone.
  @Test
  void whatTakesThePlaceOfAnotherIsCarriedOut() {
    String loss = onPods("web", "action: loss\nloss: {loss: '100'}");
    chaos.apply(loss);
    for (int i = 0; i < 8; i++) {
      chaos.awaitInjected();
      chaos.replace(loss);
    }
    chaos.awaitInjected();
    assertThat(answers(web, db.address())).isFalse();
  }

  private static void annotate(String change) {
    CLUSTER.kubectl("-n", shop.name(), "annotate", "networkchaos", "trap", change).successful();
  }

  private static boolean answers(TestPod from, String address) {
    return from.traffic().ping(address, 3, BETWEEN).received() > 0;
  }

  /// T2: netem's queue holds 1,000 packets, and those beyond are lost. What waits in something else
  /// than fq passes when there are too many, and is counted.
  @Test
  void aLongDelayOfManyPacketsLosesNone() {
    int packets = 3000;
    inject(
        """
        action: delay
        delay: {latency: 20s}
        target: {mode: all, selector: {labelSelectors: {app: db}}}
        """);
    long before = echoesReceived(db);
    Ping ping = web.traffic().flood(db.address(), packets, Duration.ofNanos(500_000));
    assertThat(ping.sent()).isEqualTo(packets);
    long early = echoesReceived(db) - before;
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> echoesReceived(db) - before == packets);
    await().until(() -> count("delay 20s", RuleCount::overflow) == early);
    assertThat(packets - early).as("delayed packets").isGreaterThan(1000);
  }

  private static long echoesReceived(TestPod pod) {
    List<String> lines =
        pod.exec("grep", "^Icmp:", "/proc/net/snmp").successful().lines().stream().toList();
    List<String> names = List.of(lines.getFirst().split(" ", -1));
    return Long.parseLong(lines.getLast().split(" ", -1)[names.indexOf("InEchos")]);
  }

  /// T3: addresses of IPv6 fail, or go untouched.
  @Test
  void aPartitionCutsIpv6OffToo() {
    String address = linkLocal(near);
    assertThat(answers(other, address)).as("before").isTrue();
    inject("action: partition");
    assertThat(answers(web, address)).isFalse();
    assertThat(answers(other, address)).as("another pod").isTrue();
    chaos.delete();
    assertThat(answers(web, address)).as("afterwards").isTrue();
  }

  /// T3
  @Test
  void anAddressOfIpv6IsAnExternalTarget() {
    String address = linkLocal(near);
    inject(
        """
        action: loss
        loss: {loss: '100'}
        externalTargets: ['%s']
        """
            .formatted(address.replace("%eth0", "")));
    assertThat(answers(web, address)).isFalse();
    assertThat(answers(web, linkLocal(other))).as("another address").isTrue();
    assertThat(answers(web, near.address())).as("its address of IPv4").isTrue();
  }

  private static String linkLocal(TestPod pod) {
    Matcher address =
        Pattern.compile("inet6 (fe80:[0-9a-f:]+)/64")
            .matcher(pod.exec("ip", "-6", "addr", "show", "dev", "eth0").output());
    assertThat(address.find()).as("an address of IPv6").isTrue();
    return address.group(1) + "%eth0";
  }

  /// T7: only an interface called `eth0` is found.
  @Test
  void theInterfaceMayHaveAnyName() {
    TestPod renamed = start("renamed");
    assertThat(renamed.exec("ip", "link", "show", "dev", "net0").exitCode()).isZero();
    assertThat(answers(renamed, web.address())).as("before").isTrue();
    injectInto("renamed", "action: partition");
    assertThat(answers(renamed, web.address())).isFalse();
    assertThat(answers(db, web.address())).as("another pod").isTrue();
  }

  /// T9: what pods send to a Service goes untouched.
  @Test
  void trafficToAServiceOfTheTargetIsHit() {
    String ofTarget = service("db");
    String ofOther = service("other");
    await().until(() -> connect(ofTarget) == Outcome.CONNECTED);
    await().until(() -> connect(ofOther) == Outcome.CONNECTED);
    inject(
        """
        action: partition
        target: {mode: all, selector: {labelSelectors: {app: db}}}
        """);
    assertThat(connect(ofTarget)).isEqualTo(Outcome.TIMED_OUT);
    assertThat(connect(ofOther)).isEqualTo(Outcome.CONNECTED);
  }

  private static Outcome connect(String address) {
    return web.traffic().connect(address, TestPod.ECHO_PORT, SECOND).outcome();
  }

  /// T10: the answers to the kubelet's probes are late, and the pod is taken for dead.
  @Test
  void theKubeletsProbesAreSparedWhereTheObjectSaysSo() throws InterruptedException {
    TestPod probed = start("probed");
    String delay = "action: delay\ndelay: {latency: 3s}\n";
    chaos.apply(onPods("probed", delay).replace("{name: trap}", SPARING));
    chaos.awaitInjected();
    Thread.sleep(PROBES);
    assertThat(isReady(probed)).isTrue();
    String ping = probed.exec("ping", "-c", "1", "-W", "8", web.address()).output();
    assertThat(Ping.parse(ping).fastest()).isGreaterThan(DELAY);
    await().until(() -> count("spared", rule -> rule.matched().packets()) > 5);
    await().until(() -> count("delay 3s", rule -> rule.hit().packets()) > 0);
    chaos.delete();
    chaos.apply(onPods("probed", delay));
    chaos.awaitInjected();
    await().atMost(Duration.ofSeconds(20)).until(() -> !isReady(probed));
  }

  /// Starts a pod that is among the resources, and waits until it is ready.
  private static TestPod start(String name) {
    chaos.apply(
        TestChaos.file(name + "-pod")
            .replace("NODE", CLUSTER.nodes().getLast())
            .replace("IMAGE", CLUSTER.busybox()));
    shop.awaitReady();
    return new TestPod(CLUSTER, shop.name(), name);
  }

  private static boolean isReady(TestPod pod) {
    return Readiness.getInstance().isReady(pod.get());
  }

  /// What a rule on the only pod has counted.
  private static long count(String fault, ToLongFunction<RuleCount> what) {
    return CLUSTER
        .client()
        .resources(NodeFault.class)
        .inNamespace(Installation.NAMESPACE)
        .list()
        .getItems()
        .stream()
        .flatMap(nodeFault -> nodeFault.getStatus().pods().stream())
        .flatMap(row -> row.rules().stream())
        .filter(rule -> rule.fault().equals(fault))
        .mapToLong(what)
        .sum();
  }

  /// Makes a Service in front of a pod, and tells its address.
  private static String service(String app) {
    chaos.apply(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: %1$s}
        spec: {selector: {app: %1$s}, ports: [{port: 7}]}
        """
            .formatted(app));
    return CLUSTER
        .kubectl("-n", shop.name(), "get", "service", app, "-o", "jsonpath={.spec.clusterIP}")
        .text();
  }
}
