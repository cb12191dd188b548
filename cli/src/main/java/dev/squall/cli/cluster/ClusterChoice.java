// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.cluster;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Which cluster is meant.
///
/// @param kubeconfig the file that says how to reach it; null: the one that `KUBECONFIG` names,
///   else `~/.kube/config`, else the service account of this pod
/// @param context an entry of that file; null: the current one
public record ClusterChoice(@Nullable Path kubeconfig, @Nullable String context) {}
