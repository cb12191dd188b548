// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.cluster;

/// Some of the pods that fit a selector.
public record PodChoice(PodSelector selector, PodMode mode) {}
