// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.run;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Answers that have to be asked for elsewhere, and asked for again every 30 seconds while somebody
/// uses them.
final class Refreshed<K, V> implements AutoCloseable {
  static final Duration AGAIN = Duration.ofSeconds(30);

  /// What nobody has used for so long is forgotten.
  private static final Duration UNUSED = Duration.ofMinutes(5);

  private final Function<K, V> ask;
  private final Runnable changed;
  private final Map<K, Known<V>> answers = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock;

  /// @param name of the thread
  /// @param ask may take its time
  /// @param changed is called when an answer is another one than before
  Refreshed(String name, Function<K, V> ask, Runnable changed) {
    this.ask = ask;
    this.changed = changed;
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name(name).daemon().factory());
    Future<?> _ =
        clock.scheduleAtFixedRate(
            this::refreshAll, AGAIN.toSeconds(), AGAIN.toSeconds(), TimeUnit.SECONDS);
  }

  /// @param answer null: none yet
  /// @param usedAt in nanoseconds
  private record Known<V>(@Nullable V answer, long usedAt) {}

  /// The latest answer; null: none yet, and it is being asked for.
  @Nullable V find(K key) {
    Known<V> before = answers.get(key);
    V answer = before == null ? null : before.answer();
    answers.put(key, new Known<>(answer, System.nanoTime()));
    if (before == null) {
      Thread.ofVirtual().start(() -> refresh(key));
    }
    return answer;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  private void refreshAll() {
    long now = System.nanoTime();
    answers.values().removeIf(known -> now - known.usedAt() > UNUSED.toNanos());
    answers.keySet().forEach(key -> Thread.ofVirtual().start(() -> refresh(key)));
  }

  private void refresh(K key) {
    V answer = ask.apply(key);
    Known<V> before = answers.get(key);
    answers.computeIfPresent(key, (same, known) -> new Known<>(answer, known.usedAt()));
    if (before != null && !answer.equals(before.answer())) {
      changed.run();
    }
  }
}
