// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import java.nio.file.Path;

/// Where the cluster of the tests comes from.
sealed interface ClusterProvider permits Rig, GivenCluster {
  /// The file by which clients reach the cluster as its administrator.
  Path kubeconfig();

  /// A `kubectl` for this cluster, without arguments.
  ProcessBuilder kubectl();

  /// A `helm` for this cluster, without arguments; it fails where there is none.
  ProcessBuilder helm();

  /// An image with busybox whose applets are in the path, as pods name it.
  String busybox();

  /// Brings an image to all nodes; pods use it with `imagePullPolicy: Never`.
  ///
  /// @param archive as `operator/images/image.sh` makes it
  void load(Path archive);
}
