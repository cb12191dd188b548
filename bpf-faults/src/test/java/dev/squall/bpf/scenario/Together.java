// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/// Several things at the same time.
final class Together {
  private Together() {}

  /// Does several things at once, each on a thread of its own, and waits for all.
  ///
  /// @throws AssertionError when one of them failed
  static void run(Runnable... works) {
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads =
        Stream.of(works)
            .map(
                work ->
                    Thread.ofPlatform()
                        .uncaughtExceptionHandler((_, failure) -> failures.add(failure))
                        .start(work))
            .toList();
    for (Thread thread : threads) {
      Pause.untilEnd(thread);
    }
    if (!failures.isEmpty()) {
      throw new AssertionError(failures.getFirst());
    }
  }
}
