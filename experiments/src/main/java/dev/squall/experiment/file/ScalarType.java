// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.squall.experiment.file.YamlNode.Scalar;
import dev.squall.experiment.file.YamlNode.Scalar.Kind;
import dev.squall.fault.Ramp;
import dev.squall.unit.Percentage;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A value that is written in one piece.
///
/// @param expected what to write, for messages: `a percentage such as 5%`
/// @param kinds what YAML may take it for
/// @param parse reads the text; refuses with a message that begins with the text
/// @param constraints adds to an empty schema what is allowed
record ScalarType<T>(
    String expected,
    Set<Kind> kinds,
    Function<String, T> parse,
    Function<T, JsonNode> writer,
    UnaryOperator<ObjectNode> constraints)
    implements ValueType<T> {

  /// Any long, and a few numbers more.
  private static final String WHOLE_NUMBER = "-?(?:0|[1-9][0-9]{0,18})";

  /// Text that matches a regular expression and that its `toString` writes again.
  static <T> ScalarType<T> text(String expected, String syntax, Function<String, T> parse) {
    return text(expected, syntax, parse, Object::toString);
  }

  static <T> ScalarType<T> text(
      String expected, String syntax, Function<String, T> parse, Function<T, String> print) {
    return new ScalarType<>(
        expected,
        EnumSet.of(Kind.TEXT),
        parse,
        value -> TextNode.valueOf(print.apply(value)),
        schema -> schema.put("type", "string").put("pattern", "^(?:" + syntax + ")$"));
  }

  static ScalarType<Long> integer(String expected, long lowest, long highest) {
    return new ScalarType<>(
        expected,
        EnumSet.of(Kind.INTEGER),
        text -> integer(text, expected, lowest, highest),
        LongNode::valueOf,
        schema -> schema.put("type", "integer").put("minimum", lowest).put("maximum", highest));
  }

  /// A whole number in a range.
  static ScalarType<Long> count(long lowest, long highest, long example) {
    return integer(
        "a whole number from %d to %d, such as %d".formatted(lowest, highest, example),
        lowest,
        highest);
  }

  static ScalarType<Percentage> percentage() {
    return text("a percentage such as 5%", Percentage.SYNTAX, Percentage::parse);
  }

  static ScalarType<Ramp> ramp() {
    return text("two shares and a time such as 0%..30%/60s", Ramp.SYNTAX, Ramp::parse);
  }

  static ScalarType<Boolean> truth() {
    return new ScalarType<>(
        "true or false",
        EnumSet.of(Kind.TRUTH),
        text -> choice(text, List.of(true, false)),
        BooleanNode::valueOf,
        schema -> schema.put("type", "boolean"));
  }

  /// The one value `true`, for a key that is else left out.
  static ScalarType<Boolean> onlyTrue() {
    return new ScalarType<>(
        "true",
        EnumSet.of(Kind.TRUTH),
        text -> choice(text, List.of(true)),
        BooleanNode::valueOf,
        schema -> schema.put("const", true));
  }

  /// One of some values, as their `toString` writes them.
  static <T> ScalarType<T> choice(List<T> values) {
    return new ScalarType<>(
        oneOf(values),
        EnumSet.of(Kind.TEXT),
        text -> choice(text, values),
        value -> TextNode.valueOf(value.toString()),
        schema -> {
          ArrayNode allowed = schema.putArray("enum");
          values.forEach(value -> allowed.add(value.toString()));
          return schema;
        });
  }

  @Override
  public @Nullable T read(YamlNode node, String key, Problems problems) {
    return switch (node) {
      case Scalar scalar when scalar.text().isEmpty() || scalar.kind() == Kind.NOTHING -> {
        problems.add(node.position(), "%s has no value: write %s".formatted(key, expected));
        yield null;
      }
      case Scalar scalar -> read(scalar, key, problems);
      case YamlNode.Sequence _, YamlNode.Mapping _ -> {
        problems.add(
            node.position(), "%s: write %s, not %s".formatted(key, expected, node.kindName()));
        yield null;
      }
    };
  }

  @Override
  public JsonNode write(T value) {
    return writer.apply(value);
  }

  @Override
  public ObjectNode schema() {
    return constraints.apply(JsonNodeFactory.instance.objectNode());
  }

  private @Nullable T read(Scalar scalar, String key, Problems problems) {
    try {
      T value = parse.apply(scalar.text());
      if (kinds.contains(scalar.kind())) {
        return value;
      }
      problems.add(scalar.position(), key + " " + otherKind(scalar));
    } catch (IllegalArgumentException e) {
      problems.add(scalar.position(), key + " " + e.getMessage());
    }
    return null;
  }

  /// Right in its letters, but YAML takes it for something else.
  private String otherKind(Scalar scalar) {
    String text = scalar.text();
    String right = kinds.contains(Kind.TEXT) ? '"' + text + '"' : "it without quotes";
    return "%s: YAML takes this for %s, write %s".formatted(text, scalar.kind(), right);
  }

  private static Long integer(String text, String expected, long lowest, long highest) {
    BigInteger value = text.matches(WHOLE_NUMBER) ? new BigInteger(text) : null;
    if (value == null
        || value.compareTo(BigInteger.valueOf(lowest)) < 0
        || value.compareTo(BigInteger.valueOf(highest)) > 0) {
      throw new IllegalArgumentException(text + ": write " + expected);
    }
    return value.longValueExact();
  }

  private static <T> T choice(String text, List<T> values) {
    for (T value : values) {
      if (value.toString().equals(text)) {
        return value;
      }
    }
    throw new IllegalArgumentException(text + ": write " + oneOf(values));
  }

  private static String oneOf(List<?> values) {
    List<String> words = values.stream().map(Object::toString).toList();
    if (words.size() == 1) {
      return words.getFirst();
    }
    String most = words.stream().limit(words.size() - 1L).collect(Collectors.joining(", "));
    return most + " or " + words.getLast();
  }
}
