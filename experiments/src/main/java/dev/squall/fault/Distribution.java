// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

/// How the delays of single packets are spread around the latency. Its `toString` is what people
/// write.
public sealed interface Distribution permits NamedDistribution, DistributionTable {}
