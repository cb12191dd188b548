// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.squall.experiment.file.YamlNode.Entry;
import dev.squall.experiment.file.YamlNode.Mapping;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A group of keys that together describe one thing.
///
/// @param described the class of that thing
/// @param keys in the order in which they are written
/// @param constructor makes the thing, and refuses values that contradict each other
/// @param blamed the key at which such a refusal is reported
record MappingType<R>(
    Class<R> described,
    List<Key<? super R, ?>> keys,
    Function<Fields, R> constructor,
    Key<?, ?> blamed)
    implements ValueType<R> {

  @Override
  public @Nullable R read(YamlNode node, String key, Problems problems) {
    if (!(node instanceof Mapping mapping)) {
      problems.add(
          node.position(),
          "%s: write keys and their values, known here: %s"
              .formatted(key, String.join(", ", names())));
      return null;
    }
    int before = problems.count();
    Fields fields = new Fields();
    mapping.entries().forEach(entry -> read(entry, mapping, fields, problems));
    requireAll(mapping, problems);
    return problems.count() > before ? null : construct(mapping, fields, problems);
  }

  @Override
  public ObjectNode write(R value) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    keys.forEach(key -> write(key, value, object));
    return object;
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = JsonNodeFactory.instance.arrayNode();
    ObjectNode companions = JsonNodeFactory.instance.objectNode();
    for (Key<?, ?> key : keys) {
      ObjectNode property = properties.putObject(key.name());
      property.put("description", key.description()).setAll(key.type().schema());
      if (key.required()) {
        required.add(key.name());
      }
      if (key.companion() != null) {
        companions.putArray(key.name()).add(key.companion());
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    if (!companions.isEmpty()) {
      schema.set("dependentRequired", companions);
    }
    return schema.put("additionalProperties", false);
  }

  List<String> names() {
    return keys.stream().map(Key::name).toList();
  }

  private void read(Entry entry, Mapping mapping, Fields fields, Problems problems) {
    for (Key<?, ?> key : keys) {
      if (key.name().equals(entry.key())) {
        fields.read(key, entry.value(), problems);
        requireCompanion(key, entry, mapping, problems);
        return;
      }
    }
    problems.add(entry.position(), UnknownKey.message(entry.key(), names()));
  }

  private void requireAll(Mapping mapping, Problems problems) {
    List<String> missing =
        keys.stream()
            .filter(key -> key.required() && mapping.entry(key.name()) == null)
            .map(Key::name)
            .toList();
    if (!missing.isEmpty()) {
      problems.add(mapping.position(), "missing here: " + String.join(", ", missing));
    }
  }

  private static void requireCompanion(
      Key<?, ?> key, Entry entry, Mapping mapping, Problems problems) {
    String companion = key.companion();
    if (companion != null && mapping.entry(companion) == null) {
      problems.add(
          entry.position(),
          "%s means nothing without %s: add %s or leave it out"
              .formatted(key.name(), companion, companion));
    }
  }

  private @Nullable R construct(Mapping mapping, Fields fields, Problems problems) {
    try {
      return constructor.apply(fields);
    } catch (IllegalArgumentException e) {
      Entry entry = mapping.entry(blamed.name());
      problems.add(
          entry == null ? mapping.position() : entry.position(), String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static <R, T> void write(Key<? super R, T> key, R value, ObjectNode object) {
    T part = key.part().of(value);
    if (part != null) {
      object.set(key.name(), key.type().write(part));
    }
  }
}
