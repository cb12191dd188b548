// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One object in a cluster.
///
/// @param namespace null where its type has none
public record ObjectKey(ObjectType type, @Nullable String namespace, String name) {
  public ObjectKey {
    namespace = type.isNamespaced() ? namespace : null;
  }

  static ObjectKey of(ObjectType type, JsonNode object) {
    JsonNode metadata = object.path("metadata");
    return new ObjectKey(
        type, metadata.path("namespace").asText(null), metadata.path("name").asText());
  }

  String path() {
    return type.path(namespace) + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
  }

  /// As kubectl writes it: `deployment.apps/squall-controller`.
  @Override
  public String toString() {
    return type.word() + "/" + name;
  }
}
