// SPDX-License-Identifier: Apache-2.0
/// The controller: finds the pods that experiments mean and tells each node what to do.
@NullMarked
package dev.squall.operator.controller;

import org.jspecify.annotations.NullMarked;
