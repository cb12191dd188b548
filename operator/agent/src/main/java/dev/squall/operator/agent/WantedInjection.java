// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import dev.squall.experiment.Experiment;
import dev.squall.target.Target;
import org.jspecify.annotations.Nullable;

/// What is to be injected into one pod. Two that are equal need nothing to be done.
///
/// @param experiment has this pod as its only target and names no hosts
/// @param dryRun whether packets are only counted
/// @param lacks what has to be known before it can begin, a sentence; null: nothing
record WantedInjection(
    Target.Pod pod, Experiment experiment, boolean dryRun, @Nullable String lacks) {}
