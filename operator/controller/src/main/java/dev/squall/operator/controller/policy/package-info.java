// SPDX-License-Identifier: Apache-2.0
/// What an experiment may do, decided before anything is written.
@NullMarked
package dev.squall.operator.controller.policy;

import org.jspecify.annotations.NullMarked;
