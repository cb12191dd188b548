// SPDX-License-Identifier: Apache-2.0
/// What the user sees: the terminal, tables, figures and JSON lines, and the exit statuses. Nothing
/// outside of this package writes to standard output or standard error.
@NullMarked
package dev.squall.cli.console;

import org.jspecify.annotations.NullMarked;
