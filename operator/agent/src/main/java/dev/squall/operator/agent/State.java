// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How far the injection into one pod has come.
sealed interface State {

  /// Nothing is attached.
  ///
  /// @param retryAt not before this by the monotonic clock
  /// @param failures in a row so far
  record Waiting(Duration retryAt, int failures) implements State {
    /// At once.
    static final Waiting EAGER = new Waiting(Duration.ofSeconds(Long.MIN_VALUE / 4), 0);
  }

  /// Attached, without effect.
  record Prepared(Held held) implements State {}

  record Injecting(Held held) implements State {}

  /// It is not injected as long as its network is this one.
  ///
  /// @param network null: whatever it is
  record Refused(@Nullable PodNetwork network) implements State {}

  /// @param mayReturn whether it is injected again if that is asked for again
  record Ended(boolean mayReturn) implements State {}
}
