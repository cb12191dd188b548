// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import org.jspecify.annotations.Nullable;

/// What to do next with the injection into one pod. Sentences are for the reader of the status.
sealed interface Step {

  /// Nothing.
  enum Rest implements Step {
    REST
  }

  /// Load and attach. Takes long.
  enum Prepare implements Step {
    PREPARE
  }

  /// Begin.
  enum Arm implements Step {
    ARM
  }

  /// Attach what is wanted now, and put it in the place of what is there. Takes long.
  enum Exchange implements Step {
    EXCHANGE
  }

  /// Go on waiting.
  record Wait(String why) implements Step {}

  /// Take off what is attached, which does not work any more or is not what is wanted, and begin
  /// again.
  record Release(String why) implements Step {}

  /// Do not begin, for a reason that stays.
  record Refuse(String why) implements Step {}

  /// @param why null: as it should be
  /// @param mayReturn whether it begins again if that is asked for again
  record End(@Nullable String why, boolean mayReturn) implements Step {}

  /// Whether it takes some tens of milliseconds or more.
  default boolean isSlow() {
    return this instanceof Prepare || this instanceof Exchange;
  }
}
