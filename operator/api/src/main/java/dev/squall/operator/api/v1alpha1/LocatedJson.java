// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// JSON as text that has at most one key or value in each line, so that a line number tells which
/// field is meant.
final class LocatedJson {
  /// Some letters beyond ASCII begin a new line in YAML.
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final StringBuilder text = new StringBuilder();
  private final List<String> paths = new ArrayList<>();

  /// @param root the path of the whole
  LocatedJson(JsonNode node, String root) {
    write(node, root, "");
  }

  /// JSON, which is YAML too.
  String text() {
    return text.toString();
  }

  /// The field that a line belongs to, as `spec.faults[0].loss`.
  ///
  /// @param line from 1
  String path(int line) {
    return paths.get(Math.clamp(line, 1, paths.size()) - 1);
  }

  private void write(JsonNode node, String path, String end) {
    if (node.isObject()) {
      writeObject(node, path, end);
    } else if (node.isArray()) {
      writeArray(node, path, end);
    } else {
      line(path, scalar(node) + end);
    }
  }

  private void writeObject(JsonNode node, String path, String end) {
    line(path, "{");
    int left = node.size();
    for (String key : (Iterable<String>) node::fieldNames) {
      String member = path + "." + key;
      line(member, scalar(TextNode.valueOf(key)) + ":");
      left--;
      write(node.get(key), member, left == 0 ? "" : ",");
    }
    line(path, "}" + end);
  }

  private void writeArray(JsonNode node, String path, String end) {
    line(path, "[");
    for (int i = 0; i < node.size(); i++) {
      write(node.get(i), "%s[%d]".formatted(path, i), i == node.size() - 1 ? "" : ",");
    }
    line(path, "]" + end);
  }

  private void line(String path, String content) {
    paths.add(path);
    text.append(content).append('\n');
  }

  private static String scalar(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
