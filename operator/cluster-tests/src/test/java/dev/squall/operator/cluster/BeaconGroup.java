// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import dev.squall.operator.cluster.BeaconLog.Link;
import dev.squall.operator.cluster.BeaconLog.Window;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Four pods in a namespace of their own that send to each other all the time: `web` and `db`, with
/// these words as label `app`, `outside`, which stands for the world, and `other`.
final class BeaconGroup implements AutoCloseable {
  static final List<String> NAMES = List.of("web", "db", "outside", "other");

  private static final String CLASS_FILE = "dev/squall/operator/cluster/Beacon.class";
  private static final Duration MEASURED = Duration.ofMillis(1500);
  private static final Duration CLEAN = Duration.ofSeconds(1);
  private static final Duration LONGEST_DELAY = Duration.ofMillis(800);
  private static final Duration WRITTEN = Duration.ofMillis(700);
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {namespace: %1$s, name: %2$s, labels: {app: %2$s}}
      spec:
        nodeName: %3$s
        terminationGracePeriodSeconds: 0
        containers:
        - name: beacon
          image: %4$s
          imagePullPolicy: Never
          stdin: true
          command: [/jre/bin/java, -XX:+UseSerialGC, -XX:TieredStopAtLevel=1, -XX:-UsePerfData,
            -XX:+UseCompactObjectHeaders, -Xmx12m, -cp, /beacon,
            dev.squall.operator.cluster.Beacon, %2$s]
          volumeMounts: [{name: beacon, mountPath: /beacon}]
        volumes:
        - name: beacon
          configMap: {name: beacon, items: [{key: class, path: %5$s}]}
      """;

  private final Cluster cluster;
  private final TestNamespace namespace;
  private final Map<String, TestPod> pods = new LinkedHashMap<>();
  private final Map<String, String> addresses = new LinkedHashMap<>();
  private final List<ExecWatch> inputs = new ArrayList<>();

  private BeaconGroup(TestNamespace namespace) {
    this.cluster = namespace.cluster();
    this.namespace = namespace;
  }

  /// Makes the pods, and does not wait for them.
  ///
  /// @param image with a JRE, on all nodes
  static BeaconGroup start(Cluster cluster, String image) {
    BeaconGroup group = new BeaconGroup(cluster.namespace("mesh"));
    String name = group.name();
    cluster.kubectl("label", "namespace", name, "squall.dev/inject=enabled").successful();
    cluster
        .client()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(name)
                .withName("beacon")
                .endMetadata()
                .addToBinaryData("class", Base64.getEncoder().encodeToString(beacon()))
                .build())
        .create();
    List<String> nodes = cluster.nodes();
    for (int i = 0; i < NAMES.size(); i++) {
      String pod = NAMES.get(i);
      group.pods.put(pod, new TestPod(cluster, name, pod));
      String node = nodes.get(i % nodes.size());
      String yaml = POD.formatted(name, pod, node, image, CLASS_FILE);
      cluster.client().resource(Serialization.unmarshal(yaml, Pod.class)).create();
    }
    return group;
  }

  private static byte[] beacon() {
    try (InputStream in = Beacon.class.getResourceAsStream("Beacon.class")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The name of its namespace.
  String name() {
    return namespace.name();
  }

  String address(String pod) {
    return addresses.get(pod);
  }

  /// Waits for the pods, and lets them begin.
  void begin() {
    namespace.awaitReady();
    pods.forEach((name, pod) -> addresses.put(name, pod.address()));
    pods.keySet().forEach(this::tellPeers);
  }

  private void tellPeers(String pod) {
    StringBuilder lines = new StringBuilder();
    addresses.forEach(
        (peer, address) -> {
          if (!peer.equals(pod)) {
            lines.append(peer).append(' ').append(address).append('\n');
          }
        });
    ExecWatch attached =
        cluster.client().pods().inNamespace(name()).withName(pod).redirectingInput().attach();
    inputs.add(attached);
    try {
      OutputStream input = attached.getInput();
      input.write(lines.append("go\n").toString().getBytes(StandardCharsets.US_ASCII));
      input.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Every way from one pod to another.
  static List<Link> links() {
    List<Link> links = new ArrayList<>();
    for (String from : NAMES) {
      for (String to : NAMES) {
        if (!from.equals(to)) {
          links.add(new Link(from, to, Beacon.PORT));
          links.add(new Link(from, to, Beacon.OTHER_PORT));
        }
      }
    }
    return links;
  }

  /// Applies NetworkChaos, gives the pods time to notice it, and deletes it.
  ///
  /// @param yaml one or more objects
  ChaosRun run(String yaml) throws InterruptedException {
    TestChaos chaos = new TestChaos(cluster, name());
    chaos.apply(yaml);
    chaos.awaitInjected();
    Window during = window(MEASURED);
    // What still waits when a fault ends is delivered at once.
    Thread.sleep(LONGEST_DELAY);
    String status = chaos.status();
    chaos.delete();
    return new ChaosRun(during, window(CLEAN), status);
  }

  private static Window window(Duration length) throws InterruptedException {
    Instant from = Instant.now();
    Thread.sleep(length);
    return new Window(from, Instant.now());
  }

  /// What the pods have noticed until now, or somewhat later: they do not write at once.
  BeaconLog log() throws InterruptedException {
    BeaconLog log = new BeaconLog();
    Thread.sleep(WRITTEN);
    pods.forEach((name, pod) -> log.add(name, pod.logs()));
    return log;
  }

  @Override
  public void close() {
    inputs.forEach(ExecWatch::close);
    cluster.kubectl("-n", name(), "delete", "networkchaos", "--all", "--timeout=20s");
    namespace.close();
  }
}
