// SPDX-License-Identifier: Apache-2.0
/// The program `squall`: it picks the verb, turns every failure into one sentence and an exit
/// status. This is the only package that knows which engine stands behind the ports.
@NullMarked
package dev.squall.cli;

import org.jspecify.annotations.NullMarked;
