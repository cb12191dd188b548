// SPDX-License-Identifier: Apache-2.0
/// Experiments on their way: what is decided is written to nodes, what nodes report is summed up.
@NullMarked
package dev.squall.operator.controller.run;

import org.jspecify.annotations.NullMarked;
