// SPDX-License-Identifier: Apache-2.0
/// Drives experiments from the first to the last and tells about them: live in a terminal, in plain
/// lines or as JSON. Signals end a run early, never uncleanly.
@NullMarked
package dev.squall.cli.run;

import org.jspecify.annotations.NullMarked;
