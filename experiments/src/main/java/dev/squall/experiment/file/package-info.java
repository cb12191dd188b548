// SPDX-License-Identifier: Apache-2.0
/// Experiments as YAML files, read and written. Every problem carries its line and column, what is
/// wrong and what would be right.
@NullMarked
package dev.squall.experiment.file;

import org.jspecify.annotations.NullMarked;
