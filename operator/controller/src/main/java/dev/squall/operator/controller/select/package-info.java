// SPDX-License-Identifier: Apache-2.0
/// Which pods an experiment means, and which of them it hits.
@NullMarked
package dev.squall.operator.controller.select;

import org.jspecify.annotations.NullMarked;
