// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What belongs to an installation, wherever it is.
final class Installed {
  private static final String LABEL = "app.kubernetes.io/part-of";
  private static final String VALUE = "squall";

  /// The label that all of it has, as a selector.
  static final String OURS = LABEL + "=" + VALUE;

  /// The types that an installation has objects of, in the order in which they are removed.
  static final Set<ObjectType> TYPES = EnumSet.range(ObjectType.DEPLOYMENT, ObjectType.NAMESPACE);

  private Installed() {}

  /// Whether an object belongs to it.
  static boolean isOurs(JsonNode object) {
    return object.path("metadata").path("labels").path(LABEL).asText().equals(VALUE);
  }

  /// Its objects of a type.
  static List<ObjectKey> objects(Cluster cluster, ObjectType type) {
    return cluster.list(type, null, OURS).stream().map(item -> ObjectKey.of(type, item)).toList();
  }
}
