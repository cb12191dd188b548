// SPDX-License-Identifier: Apache-2.0
/// One class for each verb of the squall command. A verb parses its own options, calls the library,
/// and returns an exit code.
@NullMarked
package dev.squall.cli.command;

import org.jspecify.annotations.NullMarked;
