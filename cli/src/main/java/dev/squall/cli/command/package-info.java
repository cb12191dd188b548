// SPDX-License-Identifier: Apache-2.0
/// One class per verb, and the groups of options that several verbs share. A verb turns options
/// into values of the domain, has the work done elsewhere and says how it went.
@NullMarked
package dev.squall.cli.command;

import org.jspecify.annotations.NullMarked;
