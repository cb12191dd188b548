// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// A kind of value in the file. One description says how such a value is read, how it is written
/// and what the JSON schema says of it, so that the three cannot disagree.
sealed interface ValueType<T> permits ListType, MappingType, ScalarType, VariantType {

  /// Reads a value.
  ///
  /// @param key the key that the value belongs to, for messages
  /// @return null after at least one problem was added
  @Nullable T read(YamlNode node, String key, Problems problems);

  JsonNode write(T value);

  ObjectNode schema();
}
