// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

import org.jspecify.annotations.Nullable;

/// A key that a mapping may have.
///
/// @param description what it means, for editors
/// @param part takes the value out of what the mapping describes, to be written
/// @param required whether the mapping cannot do without
/// @param companion another key without which this one means nothing; null when there is none
record Key<R, T>(
    String name,
    String description,
    ValueType<T> type,
    Part<R, T> part,
    boolean required,
    @Nullable String companion) {

  /// Takes a part out of a whole; null means that it is not written, because it is absent or usual.
  interface Part<R, T> {
    @Nullable T of(R whole);
  }

  static <R, T> Key<R, T> required(
      String name, String description, ValueType<T> type, Part<R, T> part) {
    return new Key<>(name, description, type, part, true, null);
  }

  static <R, T> Key<R, T> optional(
      String name, String description, ValueType<T> type, Part<R, T> part) {
    return new Key<>(name, description, type, part, false, null);
  }

  /// The same key, refused where the other one is missing.
  Key<R, T> with(Key<?, ?> other) {
    return new Key<>(name, description, type, part, required, other.name);
  }
}
