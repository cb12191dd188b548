// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/// One document of a file of objects.
///
/// @param line where it begins, from 1
/// @param lines where its fields are, by paths such as `spec.faults[0].loss`
record ManifestObject(JsonNode object, int line, Map<String, Integer> lines) {
  ManifestObject {
    lines = Map.copyOf(lines);
  }

  /// The line of a field, or of the nearest one around it that is there.
  int lineOf(String path) {
    String nearest = path;
    while (!lines.containsKey(nearest)) {
      int end = Math.max(nearest.lastIndexOf('.'), nearest.lastIndexOf('['));
      if (end < 0) {
        return line;
      }
      nearest = nearest.substring(0, end);
    }
    return lines.getOrDefault(nearest, line);
  }

  /// The text of a field; empty when it is not there.
  String text(String pointer) {
    return object.at(pointer).asText("");
  }
}
