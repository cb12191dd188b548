// SPDX-License-Identifier: Apache-2.0
/// `Experiment` of squall.dev: its reconciler and its status.
@NullMarked
package dev.squall.operator.controller.experiment;

import org.jspecify.annotations.NullMarked;
