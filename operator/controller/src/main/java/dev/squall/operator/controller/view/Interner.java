// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.view;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Equal values kept once: most labels, nodes and settings repeat among pods.
final class Interner {
  /// With this many, sharing begins anew, so that what went with its pods does not stay for ever.
  private static final int MOST = 20_000;

  private final Map<Object, Object> values = new ConcurrentHashMap<>();

  /// The one that is kept of all that are equal to this.
  @SuppressWarnings("unchecked") // equal values are of the same type: strings, records and maps
  <T> T intern(T value) {
    if (values.size() >= MOST) {
      values.clear();
    }
    Object known = values.putIfAbsent(value, value);
    return known == null ? value : (T) known;
  }

  /// A map of strings that are kept once, as is the map itself.
  Map<String, String> internMap(Map<String, String> map) {
    if (map.isEmpty()) {
      return Map.of();
    }
    return values.containsKey(map) ? intern(map) : intern(strings(map));
  }

  private Map<String, String> strings(Map<String, String> map) {
    Map<String, String> strings = new HashMap<>();
    map.forEach((key, value) -> strings.put(intern(key), intern(value)));
    return Map.copyOf(strings);
  }
}
