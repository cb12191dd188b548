// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// One condition in the status of an object.
///
/// @param status `True`, `False` or `Unknown`
record Condition(String type, String status, String reason, String message) {
  /// Those of an object, in its order.
  static List<Condition> of(JsonNode object) {
    List<Condition> conditions = new ArrayList<>();
    for (JsonNode condition : object.at("/status/conditions")) {
      conditions.add(
          new Condition(
              condition.path("type").asText(),
              condition.path("status").asText(),
              condition.path("reason").asText(),
              condition.path("message").asText()));
    }
    return conditions;
  }

  static boolean isTrue(JsonNode object, String type) {
    return of(object).stream()
        .anyMatch(condition -> condition.type().equals(type) && condition.isTrue());
  }

  boolean isTrue() {
    return status.equals("True");
  }
}
