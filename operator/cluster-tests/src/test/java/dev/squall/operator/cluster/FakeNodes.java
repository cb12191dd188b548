// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Nodes and running pods that are only objects: a large cluster, as far as a controller sees it.
/// All were made through the API server. Every node has pods of all applications.
final class FakeNodes implements AutoCloseable {
  /// Of 10 pods one is of each application.
  static final int APPLICATIONS = 10;

  /// The label of the pods of the first applications.
  static final String TARGET = "squall-test-target";

  /// Of the applications, 6 are targets.
  static final int TARGETS = 6;

  private static final int AT_A_TIME = 32;
  private static final int HEARTBEAT_SECONDS = 15;
  private static final String FAKE = "squall-test-fake";

  private final Cluster cluster;
  private final String namespace;
  private final int nodes;
  private final String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  private final Pod model;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("fake-heart").daemon().factory());

  private FakeNodes(Cluster cluster, String namespace, int nodes) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.nodes = nodes;
    this.model =
        Serialization.unmarshal(FakeNodes.class.getResourceAsStream("fake-pod.yaml"), Pod.class);
  }

  /// Makes them; they stay alive until this is closed.
  ///
  /// @param namespace of the pods
  static FakeNodes make(Cluster cluster, String namespace, int nodes, int pods) {
    FakeNodes made = new FakeNodes(cluster, namespace, nodes);
    InParallel parallel = new InParallel(AT_A_TIME);
    parallel.run(IntStream.range(0, nodes), i -> made.create(made.node(i)));
    Future<?> _ =
        made.heart.scheduleAtFixedRate(made::beat, 0, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
    List<String> owners =
        IntStream.range(0, APPLICATIONS).mapToObj(i -> made.create(made.owner(i))).toList();
    parallel.run(IntStream.range(0, pods), i -> made.createPod(i, owners.get(i % APPLICATIONS)));
    return made;
  }

  /// @return its UID
  private String create(HasMetadata object) {
    return cluster.client().resource(object).create().getMetadata().getUid();
  }

  private void createPod(int i, String owner) {
    Pod pod = pod(i, owner);
    create(pod);
    cluster.client().resource(running(pod, i)).patchStatus();
  }

  /// Without a sign of life their pods would become unready.
  private void beat() {
    ZonedDateTime time = ZonedDateTime.now(ZoneOffset.UTC);
    new InParallel(AT_A_TIME)
        .run(
            IntStream.range(0, nodes),
            i ->
                cluster
                    .client()
                    .resource(
                        new LeaseBuilder()
                            .withNewMetadata()
                            .withNamespace("kube-node-lease")
                            .withName(nodeName(i))
                            .endMetadata()
                            .withNewSpec()
                            .withHolderIdentity(nodeName(i))
                            .withLeaseDurationSeconds(40)
                            .withRenewTime(time)
                            .endSpec()
                            .build())
                    .fieldManager("fake")
                    .forceConflicts()
                    .serverSideApply());
  }

  private static String nodeName(int i) {
    return "fake-%03d".formatted(i);
  }

  private Node node(int i) {
    return new NodeBuilder()
        .withNewMetadata()
        .withName(nodeName(i))
        .addToLabels(FAKE, "true")
        .addToLabels("kubernetes.io/hostname", nodeName(i))
        .addToLabels("topology.kubernetes.io/zone", "zone-" + i % 3)
        .endMetadata()
        .withNewSpec()
        .addNewTaint("NoSchedule", FAKE, null, "true")
        .endSpec()
        .withNewStatus()
        .addToAllocatable(Map.of("cpu", new Quantity("16"), "pods", new Quantity("250")))
        .addToCapacity(Map.of("cpu", new Quantity("16"), "pods", new Quantity("250")))
        .addNewCondition()
        .withType("Ready")
        .withStatus("True")
        .withReason("KubeletReady")
        .withLastHeartbeatTime(now)
        .withLastTransitionTime(now)
        .endCondition()
        .endStatus()
        .build();
  }

  /// It is paused, or it would count these pods.
  private HasMetadata owner(int application) {
    Map<String, String> labels = Map.of("app", name(application));
    return new DeploymentBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name(application))
        .endMetadata()
        .withNewSpec()
        .withPaused(true)
        .withReplicas(0)
        .withNewSelector()
        .withMatchLabels(labels)
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(labels)
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("app")
        .withImage("registry.example/shop/app:1.27.3")
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  private static String name(int application) {
    return "app-" + application;
  }

  private Pod pod(int i, String owner) {
    int application = i % APPLICATIONS;
    return new PodBuilder(model)
        .editMetadata()
        .withNamespace(namespace)
        .withName("fake-%05d".formatted(i))
        .addToLabels("app", name(application))
        .addToLabels(TARGET, String.valueOf(application < TARGETS))
        .addNewOwnerReference()
        .withApiVersion("apps/v1")
        .withKind("Deployment")
        .withName(name(application))
        .withUid(owner)
        .withController(true)
        .endOwnerReference()
        .endMetadata()
        .editSpec()
        .withNodeName(nodeName(i / APPLICATIONS % nodes))
        .endSpec()
        .build();
  }

  private Pod running(Pod pod, int i) {
    String address = "10.%d.%d.%d".formatted(128 + i / 62_500, i / 250 % 250, i % 250 + 1);
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(pod.getMetadata().getNamespace())
        .withName(pod.getMetadata().getName())
        .endMetadata()
        .withNewStatus()
        .withPhase("Running")
        .withPodIP(address)
        .withPodIPs(new PodIP(address))
        .withStartTime(now)
        .addNewContainerStatus()
        .withName("app")
        .withReady(true)
        .withStarted(true)
        .withRestartCount(0)
        .withImage("registry.example/shop/app:1.27.3")
        .withImageID("registry.example/shop/app@sha256:" + "0123456789abcdef".repeat(4))
        .withContainerID("containerd://" + "fedcba9876543210".repeat(4))
        .withNewState()
        .withNewRunning(now)
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }

  /// Removes the nodes; the pods go with their namespace.
  @Override
  public void close() {
    heart.shutdownNow();
    new InParallel(AT_A_TIME)
        .run(
            IntStream.range(0, nodes),
            i -> cluster.client().nodes().withName(nodeName(i)).delete());
  }
}
