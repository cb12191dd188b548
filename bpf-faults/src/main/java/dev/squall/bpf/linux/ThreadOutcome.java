// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import dev.squall.fault.FaultException;
import dev.squall.fault.FaultException.Kind;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Work for one thread and what became of it, read by the thread that joined it.
final class ThreadOutcome<T> implements Runnable {
  private final Callable<T> work;
  private @Nullable T value;
  private @Nullable Throwable failure;

  ThreadOutcome(Callable<T> work) {
    this.work = work;
  }

  @Override
  public void run() {
    try {
      value = work.call();
    } catch (Throwable thrown) {
      failure = thrown;
    }
  }

  /// The value, or the exception that the work threw; a checked one arrives as the cause.
  @SuppressWarnings("NullAway") // null only if the work itself returned null
  T result() {
    return switch (failure) {
      case null -> value;
      case RuntimeException unchecked -> throw unchecked;
      case Error error -> throw error;
      case Throwable checked ->
          throw new FaultException(Kind.INTERNAL, String.valueOf(checked.getMessage()), checked);
    };
  }
}
