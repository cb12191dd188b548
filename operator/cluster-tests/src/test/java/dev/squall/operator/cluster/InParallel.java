// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/// Does the same for many, so many at a time.
record InParallel(int atATime) {
  /// Returns when all are done.
  ///
  /// @throws IllegalStateException for one that failed
  void run(IntStream numbers, IntConsumer work) {
    Semaphore free = new Semaphore(atATime);
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      numbers.forEach(
          number -> {
            free.acquireUninterruptibly();
            threads.execute(
                () -> {
                  try {
                    work.accept(number);
                  } catch (RuntimeException e) {
                    failure.set(e);
                  } finally {
                    free.release();
                  }
                });
          });
    }
    if (failure.get() != null) {
      throw new IllegalStateException("one of many failed", failure.get());
    }
  }
}
