// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The cluster is one: nodes, pods, traffic between them. What tests of Squall take for granted.
@NeedsCluster
class RigClusterIT {
  private static final Duration SOON = Duration.ofSeconds(3);

  private static final String GREETING_POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {namespace: %s, name: greeting}
      spec:
        restartPolicy: Never
        containers:
        - name: greeting
          image: %s
          imagePullPolicy: Never
          securityContext:
            allowPrivilegeEscalation: false
            capabilities: {drop: [ALL]}
            readOnlyRootFilesystem: true
            seccompProfile: {type: RuntimeDefault}
      """;

  private final Cluster cluster = Cluster.shared();

  @Test
  void thereAreTwoNodesAtLeastAndAllAreReady() {
    assertThat(cluster.kubectl("get", "nodes", "--no-headers").successful().lines())
        .hasSizeGreaterThanOrEqualTo(2)
        .allMatch(node -> node.split(" +", -1)[1].equals("Ready"));
  }

  @Test
  void podsOnAllNodesReachEachOther() {
    try (TestNamespace namespace = cluster.namespace("reach")) {
      List<TestPod> pods =
          cluster.nodes().stream()
              .map(node -> namespace.start("on-" + node, Map.of("app", "reach"), node))
              .toList();
      namespace.awaitReady();
      for (TestPod from : pods) {
        for (TestPod to : pods) {
          Ping ping = from.traffic().ping(to.address(), 50, Duration.ofMillis(10));
          assertThat(ping.received()).as("%s to %s: %s", from, to, ping).isEqualTo(50);
          assertThat(ping.fastest()).isLessThan(Duration.ofMillis(20));
          assertThat(from.traffic().connect(to.address(), TestPod.ECHO_PORT, SOON).outcome())
              .isEqualTo(Connection.Outcome.CONNECTED);
        }
      }
    }
  }

  @Test
  void aPortWithoutAServerRefuses() {
    try (TestNamespace namespace = cluster.namespace("refuse")) {
      TestPod pod = namespace.start("pod", Map.of(), cluster.nodes().getFirst());
      namespace.awaitReady();
      Connection connection = pod.traffic().connect(pod.address(), 8, SOON);
      assertThat(connection.outcome()).isEqualTo(Connection.Outcome.REFUSED);
      assertThat(connection.time()).isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void aCommandInAPodHasOutputErrorAndExitCode() {
    try (TestNamespace namespace = cluster.namespace("exec")) {
      TestPod pod = namespace.start("pod", Map.of("role", "any"), cluster.nodes().getLast());
      namespace.awaitReady();
      assertThat(pod.exec("sh", "-c", "seq 20000; echo sorry >&2; exit 3"))
          .satisfies(result -> assertThat(result.lines()).hasSize(20_000))
          .extracting(CommandResult::exitCode, CommandResult::error)
          .containsExactly(3, "sorry\n");
      assertThat(pod.logs()).isEmpty();
      assertThat(cluster.kubectl("-n", namespace.name(), "get", "pod", "none").exitCode())
          .isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "agent, hello with 46 MiB and libbpf there",
    "controller, hello with 38 MiB and libbpf missing",
    "cli, hello with 61 MiB and libbpf there"
  })
  void anImageOfSquallStartsAsARestrictedPod(String program, String greeting, @TempDir Path folder)
      throws IOException {
    String reference = "squall.local/greeting-" + program + ":1";
    Path target = writeGreeting(folder.resolve("squall-%s-1.0.0.jar".formatted(program)));
    ImageFile image = ImageFile.build(program, reference, target, folder.resolve("1.tar"));
    ImageFile again = ImageFile.build(program, reference, target, folder.resolve("2.tar"));
    assertThat(again.digest()).isEqualTo(image.digest());
    assertThat(again.archive()).hasSameBinaryContentAs(image.archive());
    cluster.load(image.archive());
    try (TestNamespace namespace = cluster.namespace("image")) {
      cluster.apply(GREETING_POD.formatted(namespace.name(), reference)).successful();
      PodResource pod = cluster.client().pods().inNamespace(namespace.name()).withName("greeting");
      pod.waitUntilCondition(RigClusterIT::hasEnded, 60, TimeUnit.SECONDS);
      assertThat(pod.getLog()).isEqualToIgnoringNewLines(greeting);
    }
  }

  private static boolean hasEnded(Pod pod) {
    return pod != null && List.of("Succeeded", "Failed").contains(pod.getStatus().getPhase());
  }

  /// Makes the jar of a program, and returns its folder.
  private static Path writeGreeting(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, Greeting.class.getName());
    attributes.putValue("Enable-Native-Access", "ALL-UNNAMED");
    String entry = Greeting.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        InputStream bytes = Greeting.class.getClassLoader().getResourceAsStream(entry)) {
      out.putNextEntry(new ZipEntry(entry));
      bytes.transferTo(out);
    }
    Files.createDirectory(jar.resolveSibling("lib"));
    return jar.getParent();
  }
}
