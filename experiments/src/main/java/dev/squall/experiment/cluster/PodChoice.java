// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.cluster;

/// Some of the pods that fit a selector. In one experiment equal choices mean the same pods,
/// whether they are hit or are peers.
public record PodChoice(PodSelector selector, PodMode mode) {}
