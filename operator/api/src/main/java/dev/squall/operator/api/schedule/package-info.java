// SPDX-License-Identifier: Apache-2.0
/// When schedules run, and what becomes of their runs: the same for every kind of schedule.
@NullMarked
package dev.squall.operator.api.schedule;

import org.jspecify.annotations.NullMarked;
