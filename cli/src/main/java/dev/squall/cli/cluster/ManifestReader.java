// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads objects written in YAML or JSON, and remembers in which line each field stands.
final class ManifestReader {
  private static final YAMLMapper YAML =
      new YAMLMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private final YAMLParser parser;
  private final Map<String, Integer> lines = new HashMap<>();

  private ManifestReader(YAMLParser parser) {
    this.parser = parser;
  }

  /// The documents that are not empty.
  ///
  /// @throws InvalidManifestException when it is no YAML
  static List<ManifestObject> read(String file, String text) {
    try (YAMLParser parser = YAML.getFactory().createParser(text)) {
      return new ManifestReader(parser).documents();
    } catch (JsonProcessingException noYaml) {
      String message = noYaml.getOriginalMessage().lines().findFirst().orElse("no YAML");
      int line = noYaml.getLocation() == null ? 1 : noYaml.getLocation().getLineNr();
      throw new InvalidManifestException(List.of("%s:%d: %s".formatted(file, line, message)));
    } catch (IOException neverFromMemory) {
      throw new UncheckedIOException(neverFromMemory);
    }
  }

  private List<ManifestObject> documents() throws IOException {
    List<ManifestObject> documents = new ArrayList<>();
    while (parser.nextToken() != null) {
      lines.clear();
      int line = line();
      JsonNode object = value("");
      if (!isNothing(object)) {
        documents.add(new ManifestObject(object, line, lines));
      }
    }
    return documents;
  }

  /// What stands between two separators, if that is only comments.
  private static boolean isNothing(JsonNode document) {
    return document.isNull()
        || document.isMissingNode()
        || (document.isTextual() && document.asText().isEmpty());
  }

  private JsonNode value(String path) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(path);
      case START_ARRAY -> array(path);
      default -> YAML.readTree(parser);
    };
  }

  private ObjectNode object(String path) throws IOException {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      String member = path.isEmpty() ? name : path + "." + name;
      lines.put(member, line());
      parser.nextToken();
      object.set(name, value(member));
    }
    return object;
  }

  private ArrayNode array(String path) throws IOException {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String item = "%s[%d]".formatted(path, array.size());
      lines.put(item, line());
      array.add(value(item));
    }
    return array;
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }
}
