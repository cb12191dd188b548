// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command as an image, in pods.
@NeedsCluster
class CommandImageClusterIT {
  private static final String IMAGE = "squall.local/cli:whole";

  private static final String PODS =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: files, namespace: NAMESPACE}
      data:
        right.yaml: |
          name: right
          targets: [{netns: web}]
          faults: [{loss: 5%}]
        wrong.yaml: |
          name: wrong
          targets: [{netns: web}]
          faults: [{loss: 105%}]
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: version, namespace: NAMESPACE}
      spec:
        restartPolicy: Never
        containers: [{name: c, image: IMAGE, imagePullPolicy: Never, args: [--version], securityContext: RESTRICTED}]
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: validate, namespace: NAMESPACE}
      spec:
        restartPolicy: Never
        containers:
        - name: c
          image: IMAGE
          imagePullPolicy: Never
          args: [validate, /files/right.yaml, /files/wrong.yaml]
          securityContext: RESTRICTED
          volumeMounts: [{name: files, mountPath: /files}]
        volumes: [{name: files, configMap: {name: files}}]
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: doctor, namespace: NAMESPACE}
      spec:
        restartPolicy: Never
        containers: [{name: c, image: IMAGE, imagePullPolicy: Never, args: [doctor], securityContext: RESTRICTED}]
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: root, namespace: NAMESPACE}
      spec:
        restartPolicy: Never
        containers:
        - name: c
          image: IMAGE
          imagePullPolicy: Never
          args: [doctor]
          securityContext:
            runAsUser: 0
            capabilities: {drop: [ALL], add: [BPF, NET_ADMIN, PERFMON, SYS_ADMIN, SYS_PTRACE]}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: get, namespace: NAMESPACE}
      spec:
        restartPolicy: Never
        containers: [{name: c, image: IMAGE, imagePullPolicy: Never, args: [get, -A], securityContext: RESTRICTED}]
      """;

  private static final String RESTRICTED =
      "{allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, runAsNonRoot: true, "
          + "capabilities: {drop: [ALL]}, seccompProfile: {type: RuntimeDefault}}";

  private final Cluster cluster = Cluster.shared();

  @Test
  void itRunsInPodsWithAndWithoutRights(@TempDir Path folder) throws Exception {
    ImageFile image =
        ImageFile.build("cli", IMAGE, Path.of("../../cli/target"), folder.resolve("cli.tar"));
    assertThat(Files.size(image.archive())).isLessThan(120_000_000);
    cluster.load(image.archive());
    try (TestNamespace namespace = cluster.namespace("command")) {
      cluster
          .apply(
              PODS.replace("NAMESPACE", namespace.name())
                  .replace("IMAGE", IMAGE)
                  .replace("RESTRICTED", RESTRICTED))
          .successful();
      assertThat(ended(namespace, "version")).matches("0 squall [0-9][^\\n]*\\n");
      assertThat(ended(namespace, "validate")).startsWith("2 ").contains("right.yaml: ok", "105%");
      assertThat(ended(namespace, "doctor"))
          .startsWith("5 ")
          .contains("faults cannot be injected on this host; missing: ");
      assertThat(ended(namespace, "root"))
          .startsWith("0 ")
          .endsWith("faults can be injected on this host\n");
      // As the pod's service account, which may do nothing.
      assertThat(ended(namespace, "get")).startsWith("5 squall: ");
    }
  }

  /// The exit code of a pod, and what it printed.
  private String ended(TestNamespace namespace, String name) {
    PodResource pod = cluster.client().pods().inNamespace(namespace.name()).withName(name);
    Pod ended = pod.waitUntilCondition(CommandImageClusterIT::hasEnded, 60, TimeUnit.SECONDS);
    int exitCode =
        ended
            .getStatus()
            .getContainerStatuses()
            .getFirst()
            .getState()
            .getTerminated()
            .getExitCode();
    return exitCode + " " + pod.getLog();
  }

  private static boolean hasEnded(Pod pod) {
    return pod != null && List.of("Succeeded", "Failed").contains(pod.getStatus().getPhase());
  }
}
