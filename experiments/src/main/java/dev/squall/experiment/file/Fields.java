// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The values of a mapping, each of the type of its key.
final class Fields {

  private final Map<String, Object> values = new HashMap<>();

  /// Reads a value and keeps it, if it is right.
  <T> void read(Key<?, T> key, YamlNode node, Problems problems) {
    T value = key.type().read(node, key.name(), problems);
    if (value != null) {
      values.put(key.name(), value);
    }
  }

  /// The value of a required key.
  <T> T get(Key<?, T> key) {
    T value = orNull(key);
    if (value == null) {
      throw new IllegalStateException(key.name() + " is required");
    }
    return value;
  }

  <T> T or(Key<?, T> key, T fallback) {
    T value = orNull(key);
    return value == null ? fallback : value;
  }

  @SuppressWarnings("unchecked") // read() put it there under the same key
  <T> @Nullable T orNull(Key<?, T> key) {
    return (T) values.get(key.name());
  }
}
