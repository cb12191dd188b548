// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.squall.experiment.file.YamlNode.Entry;
import dev.squall.experiment.file.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One of several groups of keys, told apart by the first key of each.
///
/// @param what the thing that is described, for messages: `fault`
record VariantType<R>(String what, List<MappingType<? extends R>> variants)
    implements ValueType<R> {

  @Override
  public @Nullable R read(YamlNode node, String key, Problems problems) {
    if (!(node instanceof Mapping mapping)) {
      problems.add(
          node.position(),
          "%s: a %s is written as a key and its value, with one of the keys %s"
              .formatted(key, what, String.join(", ", leaders())));
      return null;
    }
    List<MappingType<? extends R>> chosen =
        variants.stream().filter(variant -> mapping.entry(leader(variant)) != null).toList();
    if (chosen.size() == 1) {
      return read(chosen.getFirst(), mapping, key, problems);
    }
    problems.add(mapping.position(), chosen.isEmpty() ? none(mapping) : several(chosen));
    return null;
  }

  @Override
  public JsonNode write(R value) {
    for (MappingType<? extends R> variant : variants) {
      if (variant.described().isInstance(value)) {
        return write(variant, value);
      }
    }
    throw new IllegalStateException("no way to write " + value);
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    ArrayNode choices = schema.putArray("oneOf");
    variants.forEach(variant -> choices.add(variant.schema()));
    return schema;
  }

  private @Nullable R read(
      MappingType<? extends R> variant, Mapping mapping, String key, Problems problems) {
    int before = problems.count();
    List<Entry> own = new ArrayList<>();
    for (Entry entry : mapping.entries()) {
      String owner = variant.names().contains(entry.key()) ? null : ownerOf(entry.key());
      if (owner == null) {
        own.add(entry);
      } else {
        problems.add(
            entry.position(),
            "%s goes with %s, not with %s".formatted(entry.key(), owner, leader(variant)));
      }
    }
    R value = variant.read(new Mapping(mapping.position(), own), key, problems);
    return problems.count() > before ? null : value;
  }

  private String none(Mapping mapping) {
    for (Entry entry : mapping.entries()) {
      if (ownerOf(entry.key()) == null) {
        return UnknownKey.message(entry.key(), leaders());
      }
    }
    return "a %s needs one of the keys %s".formatted(what, String.join(", ", leaders()));
  }

  private String several(List<MappingType<? extends R>> chosen) {
    return "%s cannot be one %s: begin a list item of its own for each"
        .formatted(String.join(" and ", chosen.stream().map(VariantType::leader).toList()), what);
  }

  private @Nullable String ownerOf(String key) {
    for (MappingType<? extends R> variant : variants) {
      if (variant.names().contains(key)) {
        return leader(variant);
      }
    }
    return null;
  }

  private List<String> leaders() {
    return variants.stream().map(VariantType::leader).toList();
  }

  private static String leader(MappingType<?> variant) {
    return variant.keys().getFirst().name();
  }

  private static <R> JsonNode write(MappingType<R> variant, Object value) {
    return variant.write(variant.described().cast(value));
  }
}
