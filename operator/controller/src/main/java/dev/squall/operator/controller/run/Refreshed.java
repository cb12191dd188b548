// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.run;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
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

  /// After so many failures in a row an answer is no longer believed.
  static final int MOST_FAILURES = 10;

  private final Function<K, @Nullable V> ask;
  private final V none;
  private final Runnable changed;
  private final Map<K, Known<V>> answers = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock;

  /// @param name of the thread
  /// @param ask may take its time; null: it could not be asked, and the latest answer stands
  /// @param none stands for an answer where there has been none
  /// @param changed is called when an answer is another one than before
  Refreshed(String name, Function<K, @Nullable V> ask, V none, Runnable changed) {
    this.ask = ask;
    this.none = none;
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
  /// @param failures since it was answered
  private record Known<V>(@Nullable V answer, long usedAt, int failures) {
    Known<V> usedNow() {
      return new Known<>(answer, System.nanoTime(), failures);
    }

    /// @param asked null: it could not be asked
    Known<V> after(@Nullable V asked, V none) {
      if (asked != null) {
        return new Known<>(asked, usedAt, 0);
      }
      boolean stands = answer != null && failures + 1 < MOST_FAILURES;
      return new Known<>(stands ? answer : none, usedAt, failures + 1);
    }
  }

  /// The latest answer; null: none yet, and it is being asked for.
  @Nullable V find(K key) {
    Known<V> before = answers.get(key);
    answers.put(key, before == null ? new Known<>(null, System.nanoTime(), 0) : before.usedNow());
    if (before == null) {
      Thread.ofVirtual().start(() -> refresh(key));
    }
    return before == null ? null : before.answer();
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  /// How often in a row it could not be asked.
  int failures(K key) {
    Known<V> known = answers.get(key);
    return known == null ? 0 : known.failures();
  }

  void refreshAll() {
    long now = System.nanoTime();
    answers.values().removeIf(known -> now - known.usedAt() > UNUSED.toNanos());
    answers.keySet().forEach(key -> Thread.ofVirtual().start(() -> refresh(key)));
  }

  private void refresh(K key) {
    V asked = ask.apply(key);
    Known<V> before = answers.get(key);
    Known<V> after = answers.computeIfPresent(key, (same, known) -> known.after(asked, none));
    if (before != null && after != null && !Objects.equals(after.answer(), before.answer())) {
      changed.run();
    }
  }
}
