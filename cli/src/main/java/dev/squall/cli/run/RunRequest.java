// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import dev.squall.cli.console.OutputFormat;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How experiments are to be run; what they are is said by the experiments themselves.
///
/// `command` is what `squall status` shows of the run. `packets` asks for single packets beside the
/// figures, `audit` for all of them in a file; null when nobody does.
public record RunRequest(
    String command,
    boolean dryRun,
    boolean includeSsh,
    boolean packets,
    @Nullable Path audit,
    OutputFormat format) {}
