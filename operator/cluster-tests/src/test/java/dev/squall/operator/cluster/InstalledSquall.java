// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import dev.squall.operator.api.install.Installation;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Squall in the test cluster as its users have it: all that the chart holds, with images of this
/// build. Closing it removes everything.
record InstalledSquall(Cluster cluster, List<String> documents) implements AutoCloseable {
  private static final String TIMEOUT = "--timeout=120s";

  /// Installs it and waits until controller and agents are ready.
  ///
  /// @param folder for the images
  static InstalledSquall install(Cluster cluster, Path folder) {
    return install(cluster, folder, Map.of());
  }

  /// The same with settings of the chart, as `chaosMesh` to `true`.
  static InstalledSquall install(Cluster cluster, Path folder, Map<String, String> settings) {
    Map<String, String> values = new HashMap<>(settings);
    values.putAll(loadImages(cluster, folder));
    List<String> documents = Installation.in(Installation.NAMESPACE, values).documents();
    InstalledSquall installed = new InstalledSquall(cluster, documents);
    removeAll(cluster);
    documents.forEach(installed::apply);
    installed.awaitReady("deployment/squall-controller");
    installed.awaitReady("daemonset/squall-agent");
    return installed;
  }

  /// Removes what tests of one part left, of all that Squall may have in a cluster.
  static void removeAll(Cluster cluster) {
    Map<String, String> most = Map.of("chaosMesh", "true");
    new InstalledSquall(cluster, Installation.in(Installation.NAMESPACE, most).documents()).close();
  }

  /// Brings the images to all nodes, and returns the settings of the chart that name them.
  ///
  /// @param folder for their archives
  static Map<String, String> loadImages(Cluster cluster, Path folder) {
    return Map.of(
        "images.agent", load(cluster, "agent", folder),
        "images.controller", load(cluster, "controller", folder),
        "images.pullPolicy", "Never");
  }

  /// The name of a program's image, which is on all nodes.
  static String image(String program) {
    return "squall.local/" + program + ":whole";
  }

  private static String load(Cluster cluster, String program, Path folder) {
    String image = image(program);
    Path target = Path.of("..", program, "target");
    cluster.load(
        ImageFile.build(program, image, target, folder.resolve(program + ".tar")).archive());
    return image;
  }

  private void apply(String document) {
    cluster
        .kubectl(List.of("apply", "--server-side", "--force-conflicts", "-f", "-"), document)
        .successful();
    if (document.contains("CustomResourceDefinition")) {
      cluster
          .kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=30s")
          .successful();
    }
  }

  /// Gives hosts names that the controller knows: it stands for a name service.
  ///
  /// @param addresses by name
  void nameHosts(Map<String, String> addresses) {
    String hosts =
        addresses.entrySet().stream()
            .map(
                host ->
                    "{\"ip\": \"%s\", \"hostnames\": [\"%s\"]}"
                        .formatted(host.getValue(), host.getKey()))
            .collect(Collectors.joining(", "));
    String change =
        "{\"spec\": {\"template\": {\"spec\": {\"hostAliases\": [%s]}}}}".formatted(hosts);
    String controller = "deployment/squall-controller";
    cluster.kubectl("-n", Installation.NAMESPACE, "patch", controller, "-p", change).successful();
    awaitReady(controller);
  }

  private void awaitReady(String workload) {
    CommandResult rollout =
        cluster.kubectl("-n", Installation.NAMESPACE, "rollout", "status", workload, TIMEOUT);
    if (rollout.exitCode() != 0) {
      throw new AssertionError(rollout + "\n" + state());
    }
  }

  /// What its pods do and say, for whoever has to find out why a test failed.
  String state() {
    String namespace = Installation.NAMESPACE;
    return cluster.kubectl("-n", namespace, "get", "pods", "-o", "wide").output()
        + cluster
            .kubectl("-n", namespace, "logs", "deployment/squall-controller", "--tail=60")
            .output()
        + cluster.kubectl("-n", namespace, "logs", "daemonset/squall-agent", "--tail=60").output();
  }

  @Override
  public void close() {
    for (String document : documents.reversed()) {
      cluster.kubectl(List.of("delete", "--ignore-not-found", TIMEOUT, "-f", "-"), document);
    }
  }
}
