// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes records out of one object of JSON that holds the keys of several: what stands side by side
/// in a resource is grouped in Java.
final class FlatJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private FlatJson() {}

  /// Those keys that belong to the record.
  static <T> T group(JsonNode flat, Class<T> type) {
    return MAPPER.convertValue(flat, type);
  }

  /// The value of one key; null where it is absent.
  static <T> @Nullable T value(JsonNode flat, String key, Class<T> type) {
    return flat.hasNonNull(key) ? MAPPER.convertValue(flat.get(key), type) : null;
  }

  /// The value of one key as a list, empty where it is absent.
  static <T> List<T> list(JsonNode flat, String key, Class<T> type) {
    List<T> values = new ArrayList<>();
    flat.path(key).forEach(item -> values.add(MAPPER.convertValue(item, type)));
    return values;
  }
}
