// SPDX-License-Identifier: Apache-2.0
/// Experiments that begin at certain times.
@NullMarked
package dev.squall.operator.controller.schedule;

import org.jspecify.annotations.NullMarked;
