// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/// A cluster of the user's. `SQUALL_TEST_LOAD` is the command that brings an image archive to its
/// nodes, such as `kind load image-archive`; without it, tests that need images of Squall skip.
record GivenCluster(Path kubeconfig) implements ClusterProvider {
  /// The cluster that the environment names.
  static Optional<GivenCluster> fromEnvironment() {
    return Optional.ofNullable(System.getenv("SQUALL_TEST_KUBECONFIG"))
        .map(file -> new GivenCluster(Path.of(file)));
  }

  @Override
  public ProcessBuilder kubectl() {
    return forCluster("kubectl");
  }

  @Override
  public ProcessBuilder helm() {
    return forCluster("sh", "-c", "exec helm \"$@\"", "sh");
  }

  private ProcessBuilder forCluster(String... words) {
    ProcessBuilder command = new ProcessBuilder(new ArrayList<>(List.of(words)));
    command.environment().put("KUBECONFIG", kubeconfig.toString());
    return command;
  }

  @Override
  public String busybox() {
    return "busybox:1.37";
  }

  @Override
  public void load(Path archive) {
    String load = System.getenv("SQUALL_TEST_LOAD");
    if (load == null) {
      throw new TestAbortedException(
          "set SQUALL_TEST_LOAD to the command that brings an image archive to the nodes");
    }
    CommandResult.of(new ProcessBuilder("sh", "-c", load + " \"$0\"", archive.toString()), "")
        .successful();
  }
}
