// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A namespace of one test, with pods that answer to pings and to TCP.
///
/// @param name unique in the cluster
record TestNamespace(Cluster cluster, String name) implements AutoCloseable {
  private static final int READY_SECONDS = 90;

  /// Makes a namespace.
  static TestNamespace create(Cluster cluster, String prefix) {
    return new TestNamespace(
        cluster,
        cluster
            .client()
            .namespaces()
            .resource(
                new NamespaceBuilder()
                    .withNewMetadata()
                    .withGenerateName(prefix + "-")
                    .endMetadata()
                    .build())
            .create()
            .getMetadata()
            .getName());
  }

  /// Makes a pod that sends back what it gets on [TestPod#ECHO_PORT], and does not wait for it.
  ///
  /// @param node its name
  TestPod start(String podName, Map<String, String> labels, String node) {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace(name)
            .withName(podName)
            .withLabels(labels)
            .endMetadata()
            .withNewSpec()
            .withNodeName(node)
            .withTerminationGracePeriodSeconds(0L)
            .addNewContainer()
            .withName("busybox")
            .withImage(cluster.busybox())
            .withImagePullPolicy("IfNotPresent")
            .withCommand("nc", "-ll", "-p", String.valueOf(TestPod.ECHO_PORT), "-e", "cat")
            .endContainer()
            .endSpec()
            .build();
    cluster.client().resource(pod).create();
    return new TestPod(cluster, name, podName);
  }

  /// Makes a Deployment of one pod, and waits until it is ready.
  ///
  /// @param label of its pods, the value of `app`, and its name
  /// @param shell what its container runs, without quotes
  Deployment deploy(String label, String shell) {
    String yaml =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %1$s, namespace: %2$s}
        spec:
          selector: {matchLabels: {app: %1$s}}
          template:
            metadata: {labels: {app: %1$s}}
            spec:
              terminationGracePeriodSeconds: 0
              containers:
                - name: busybox
                  image: %3$s
                  imagePullPolicy: IfNotPresent
                  command: [sh, -c, "%4$s"]
        """
            .formatted(label, name, cluster.busybox(), shell);
    Deployment deployment =
        cluster.client().getKubernetesSerialization().unmarshal(yaml, Deployment.class);
    Resource<Deployment> resource = cluster.client().resource(deployment);
    resource.create();
    return resource.waitUntilReady(READY_SECONDS, TimeUnit.SECONDS);
  }

  /// Waits until all pods are Ready.
  ///
  /// @throws io.fabric8.kubernetes.client.KubernetesClientTimeoutException after 90 seconds
  void awaitReady() {
    cluster
        .client()
        .pods()
        .inNamespace(name)
        .waitUntilCondition(Readiness.getInstance()::isReady, READY_SECONDS, TimeUnit.SECONDS);
  }

  /// Removes the namespace, and does not wait until it is gone.
  @Override
  public void close() {
    cluster.client().namespaces().withName(name).delete();
  }
}
