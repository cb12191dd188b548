// SPDX-License-Identifier: Apache-2.0
/// Completion scripts for bash, zsh and fish. All three are written from the same description of
/// verbs and options, which is read off the parser.
@NullMarked
package dev.squall.cli.completion;

import org.jspecify.annotations.NullMarked;
