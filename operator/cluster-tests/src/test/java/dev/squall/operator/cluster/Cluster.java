// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/// The cluster that all tests of this process share. It is there from the first use to the end of
/// the process.
final class Cluster {
  private final ClusterProvider provider;
  private final KubernetesClient client;

  private Cluster(ClusterProvider provider) {
    this.provider = provider;
    Config config = Config.fromKubeconfig(provider.kubeconfig().toFile());
    this.client = new KubernetesClientBuilder().withConfig(config).build();
  }

  /// Why there is no cluster for tests.
  static Optional<String> obstacle() {
    return GivenCluster.fromEnvironment().isPresent() ? Optional.empty() : Rig.obstacle();
  }

  /// The cluster that `SQUALL_TEST_KUBECONFIG` names, otherwise a rig of two nodes.
  static Cluster shared() {
    return Shared.CLUSTER;
  }

  /// A client with all rights.
  KubernetesClient client() {
    return client;
  }

  /// The file by which other processes reach the cluster as its administrator.
  Path kubeconfig() {
    return provider.kubeconfig();
  }

  /// The rig, whose control plane and nodes tests may harm.
  ///
  /// @throws TestAbortedException when the cluster is the user's
  Rig rig() {
    if (provider instanceof Rig rig) {
      return rig;
    }
    throw new TestAbortedException("it would harm the cluster of the user");
  }

  /// The names of the nodes that take pods.
  List<String> nodes() {
    return client.nodes().list().getItems().stream()
        .filter(node -> node.getSpec().getTaints().isEmpty())
        .map((Node node) -> node.getMetadata().getName())
        .sorted()
        .toList();
  }

  /// Runs `kubectl` to its end.
  CommandResult kubectl(String... arguments) {
    return kubectl(List.of(arguments), "");
  }

  /// Runs `helm` to its end; where there is none, it fails.
  CommandResult helm(String... arguments) {
    ProcessBuilder command = provider.helm();
    command.command().addAll(List.of(arguments));
    return CommandResult.of(command, "");
  }

  /// Applies objects as a user does.
  CommandResult apply(String yaml) {
    return kubectl(List.of("apply", "-f", "-"), yaml);
  }

  /// Brings an image to all nodes; pods use it with `imagePullPolicy: Never`.
  ///
  /// @param archive as `operator/images/image.sh` makes it
  void load(Path archive) {
    provider.load(archive);
  }

  /// Makes a namespace for one test; closing it removes it with all that is in it.
  ///
  /// @param prefix of its name, which is unique
  TestNamespace namespace(String prefix) {
    return TestNamespace.create(this, prefix);
  }

  /// The image that test pods run.
  String busybox() {
    return provider.busybox();
  }

  /// The same with something on its standard input.
  CommandResult kubectl(List<String> arguments, String input) {
    ProcessBuilder command = provider.kubectl();
    command.command().addAll(arguments);
    return CommandResult.of(command, input);
  }

  /// Loaded, and with it the cluster made, at the first use.
  private static final class Shared {
    static final Cluster CLUSTER =
        GivenCluster.fromEnvironment().map(Cluster::new).orElseGet(() -> new Cluster(rig()));

    private static Rig rig() {
      Rig rig = new Rig(Rig.nameOfCheckout());
      Runtime.getRuntime().addShutdownHook(new Thread(rig::close));
      return rig.up(2);
    }
  }
}
