// SPDX-License-Identifier: Apache-2.0
/// Experiments in a cluster: pods and peers are described, not yet found.
///
/// Whoever knows the cluster makes of it, for each node, plain experiments on the pods there.
@NullMarked
package dev.squall.experiment.cluster;

import org.jspecify.annotations.NullMarked;
