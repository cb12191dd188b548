// SPDX-License-Identifier: Apache-2.0
/// Tests on a real cluster: the project's own rig, or the one that `SQUALL_TEST_KUBECONFIG` names.
/// A test applies objects, makes traffic in pods, and compares what happened with what was asked.
@NullMarked
package dev.squall.operator.cluster;

import org.jspecify.annotations.NullMarked;
