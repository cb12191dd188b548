// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import java.time.Duration;

/// The network that a pod has at this moment. A sandbox that is made anew under the same UID has
/// another one.
///
/// @param namespace the number of the network namespace; the kernel gives it again when it is free
/// @param since when the pod's first process started, by the monotonic clock
record PodNetwork(long namespace, Duration since) {}
