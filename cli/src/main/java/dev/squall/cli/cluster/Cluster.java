// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the verbs want of a cluster's API server. Objects are as it writes them.
///
/// Every method throws a [dev.squall.fault.FaultException]: of kind `ENVIRONMENT` when the server
/// cannot be reached or does not allow it, of kind `USER` when it refuses an object.
public interface Cluster {
  /// Where it is, for messages: `https://10.0.0.1:6443`.
  String server();

  /// The namespace of the context.
  String namespace();

  /// What the server says about its version.
  JsonNode version();

  /// Whether the server knows the type.
  boolean serves(ObjectType type);

  /// The object, if it is there.
  Optional<JsonNode> find(ObjectKey key);

  /// All objects of a type; none where the server does not know it.
  ///
  /// @param namespace null for all of them
  /// @param labels a label selector; empty for all objects
  List<JsonNode> list(ObjectType type, @Nullable String namespace, String labels);

  /// Makes the object be as it is written here (server-side apply), and returns it as it is then.
  JsonNode apply(ObjectKey key, JsonNode object);

  /// Changes some fields (JSON merge patch). False when the object is not there.
  boolean change(ObjectKey key, JsonNode patch);

  /// False when it is not there.
  boolean delete(ObjectKey key);

  /// Whether the user may do that.
  ///
  /// @param verb as in RBAC rules: `list`
  /// @param namespace null for all of them
  boolean allows(String verb, ObjectType type, @Nullable String namespace);
}
