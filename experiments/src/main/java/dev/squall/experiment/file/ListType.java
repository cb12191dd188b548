// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A list of values of one type, at least one: a list of none could be read as all or as nothing.
///
/// @param example such a list, for messages
record ListType<T>(ValueType<T> element, String example) implements ValueType<List<T>> {

  @Override
  public @Nullable List<T> read(YamlNode node, String key, Problems problems) {
    if (!(node instanceof YamlNode.Sequence sequence)) {
      problems.add(node.position(), key + noList(node));
      return null;
    }
    if (sequence.items().isEmpty()) {
      problems.add(
          node.position(), "%s is empty: write at least 1, as in %s".formatted(key, example));
      return null;
    }
    List<T> values = new ArrayList<>();
    for (YamlNode item : sequence.items()) {
      T value = element.read(item, key, problems);
      if (value != null) {
        values.add(value);
      }
    }
    return values.size() == sequence.items().size() ? values : null;
  }

  @Override
  public JsonNode write(List<T> values) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    values.forEach(value -> list.add(element.write(value)));
    return list;
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "array");
    schema.set("items", element.schema());
    return schema.put("minItems", 1);
  }

  private String noList(YamlNode node) {
    String wrong =
        switch (node) {
          case YamlNode.Scalar scalar when scalar.kind() == YamlNode.Scalar.Kind.NOTHING ->
              " has no value";
          case YamlNode.Scalar scalar -> " " + scalar.text();
          case YamlNode.Mapping _, YamlNode.Sequence _ -> "";
        };
    return wrong + ": write a list, as in " + example;
  }
}
