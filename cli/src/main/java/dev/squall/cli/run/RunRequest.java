// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import dev.squall.cli.console.OutputFormat;

/// How experiments are to be run; what they are is said by the experiments themselves.
///
/// `command` is what `squall status` shows of the run. `packets` asks for single packets beside the
/// figures.
public record RunRequest(
    String command, boolean dryRun, boolean includeSsh, boolean packets, OutputFormat format) {}
