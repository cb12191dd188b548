// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/// Turns the text of a file into its YAML documents.
///
/// Anchors, aliases and tags are refused: an experiment needs none, and what stands in the file is
/// then all there is. The first error of syntax ends the reading.
final class YamlDocuments {

  private static final int DEEPEST = 16;

  /// What `!!` stands for.
  private static final String STANDARD_TAG = "tag:yaml.org,2002:";

  private static final YAMLFactory YAML =
      YAMLFactory.builder()
          .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
          .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  private final String text;
  private final YAMLParser parser;
  private final Problems problems;

  private YamlDocuments(String text, YAMLParser parser, Problems problems) {
    this.text = text;
    this.parser = parser;
    this.problems = problems;
  }

  /// The documents that are not empty, up to the first error of syntax.
  static List<YamlNode> read(String text, Problems problems) {
    try (YAMLParser parser = YAML.createParser(text)) {
      return new YamlDocuments(text, parser, problems).documents();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<YamlNode> documents() throws IOException {
    List<YamlNode> documents = new ArrayList<>();
    try {
      while (parser.nextToken() != null) {
        YamlNode document = node();
        if (!isEmpty(document)) {
          documents.add(document);
        }
      }
    } catch (JsonProcessingException e) {
      problems.add(position(e), message(e));
    }
    return documents;
  }

  private YamlNode node() throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new JsonParseException(
          parser, "the file ends in the middle of a list or a group of keys");
    }
    refuseIndirection();
    Position position = position(parser.currentTokenLocation());
    return switch (token) {
      case START_OBJECT -> mapping(position);
      case START_ARRAY -> sequence(position);
      case VALUE_NULL -> scalar(position, YamlNode.Scalar.Kind.NOTHING);
      case VALUE_TRUE, VALUE_FALSE -> scalar(position, YamlNode.Scalar.Kind.TRUTH);
      case VALUE_NUMBER_INT -> scalar(position, YamlNode.Scalar.Kind.INTEGER);
      case VALUE_NUMBER_FLOAT -> scalar(position, YamlNode.Scalar.Kind.NUMBER);
      case VALUE_STRING, VALUE_EMBEDDED_OBJECT -> scalar(position, YamlNode.Scalar.Kind.TEXT);
      case FIELD_NAME, END_OBJECT, END_ARRAY, NOT_AVAILABLE ->
          throw new IllegalStateException("no value begins with " + token);
    };
  }

  private YamlNode.Mapping mapping(Position position) throws IOException {
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      YamlNode.Entry entry = entry();
      YamlNode.Entry earlier = entries.putIfAbsent(entry.key(), entry);
      if (earlier != null) {
        problems.add(
            entry.position(),
            "%s: this key is already in line %d, leave out one of them"
                .formatted(entry.key(), earlier.position().line()));
      }
    }
    return new YamlNode.Mapping(position, List.copyOf(entries.values()));
  }

  private YamlNode.Entry entry() throws IOException {
    Position position = position(parser.currentTokenLocation());
    String key = parser.currentName();
    parser.nextToken();
    return new YamlNode.Entry(position, key, node());
  }

  private YamlNode.Sequence sequence(Position position) throws IOException {
    List<YamlNode> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node());
    }
    return new YamlNode.Sequence(position, items);
  }

  private YamlNode.Scalar scalar(Position position, YamlNode.Scalar.Kind kind) throws IOException {
    return new YamlNode.Scalar(position, parser.getText(), kind);
  }

  private void refuseIndirection() throws IOException {
    Position position = position(parser.currentTokenLocation());
    if (parser.isCurrentAlias()) {
      problems.add(
          position,
          "*%s: an experiment has no YAML aliases, write the value itself or put text in quotes"
              .formatted(parser.getText()));
    } else if (parser.getObjectId() != null) {
      problems.add(
          position,
          "&%s: an experiment has no YAML anchors, leave it out or put text in quotes"
              .formatted(parser.getObjectId()));
    }
    String tag = parser.getTypeId();
    if (tag != null) {
      problems.add(
          position,
          "!%s: an experiment has no YAML tags, put text that begins with ! in quotes"
              .formatted(tag.replace(STANDARD_TAG, "!")));
    }
  }

  private static boolean isEmpty(YamlNode document) {
    return document instanceof YamlNode.Scalar scalar
        && scalar.kind() == YamlNode.Scalar.Kind.NOTHING;
  }

  private Position position(JsonProcessingException e) {
    return switch (e.getCause()) {
      case MarkedYAMLException marked when marked.getProblemMark() != null ->
          new Position(
              marked.getProblemMark().getLine() + 1, marked.getProblemMark().getColumn() + 1);
      case ReaderException reader -> Position.after(text.substring(0, reader.getPosition()));
      case null, default -> position(parser.currentLocation());
    };
  }

  private static Position position(JsonLocation location) {
    return new Position(location.getLineNr(), location.getColumnNr());
  }

  private static String message(JsonProcessingException e) {
    if (e instanceof StreamConstraintsException) {
      return "this is nested too deeply or a word in it is too long: an experiment has at most %d levels"
          .formatted(DEEPEST);
    }
    return switch (e.getCause()) {
      case MarkedYAMLException marked when marked.getProblem().contains("TAB") ->
          "this is not YAML: indent with spaces, not tabs";
      case MarkedYAMLException marked ->
          "this is not YAML: check indentation and quotes (%s)".formatted(marked.getProblem());
      case ReaderException _ -> "this is not YAML: leave out control characters";
      case null, default -> "this is not YAML: a key is plain text with a colon behind it";
    };
  }
}
