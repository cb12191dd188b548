// SPDX-License-Identifier: Apache-2.0
/// An experiment as a value, and the loop that runs it from arming to its end. A run always ends:
/// by its deadline, by a signal, or because somebody stopped it.
@NullMarked
package dev.squall.experiment;

import org.jspecify.annotations.NullMarked;
