// SPDX-License-Identifier: Apache-2.0
/// The squall command: entry point, exit codes, and the one place that writes to the terminal.
/// Decides nothing about faults; it reads what the user wants and shows what happened.
@NullMarked
package dev.squall.cli;

import org.jspecify.annotations.NullMarked;
