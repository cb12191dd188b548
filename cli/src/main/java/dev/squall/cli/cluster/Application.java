// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;

/// What applying an object did.
public enum Application {
  CREATED,
  CONFIGURED,
  UNCHANGED;

  /// Makes the object be as it is written here.
  public static Application apply(Cluster cluster, ObjectKey key, JsonNode object) {
    Optional<String> before = cluster.find(key).map(Application::version);
    String after = version(cluster.apply(key, object));
    if (before.isEmpty()) {
      return CREATED;
    }
    return before.get().equals(after) ? UNCHANGED : CONFIGURED;
  }

  private static String version(JsonNode object) {
    return object.at("/metadata/resourceVersion").asText();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
