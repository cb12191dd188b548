// SPDX-License-Identifier: Apache-2.0
/// From an experiment and its pods to what each node has to do. Pure: no clock, no client.
@NullMarked
package dev.squall.operator.controller.plan;

import org.jspecify.annotations.NullMarked;
