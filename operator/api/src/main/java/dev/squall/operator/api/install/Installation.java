// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The objects that make Squall work in a cluster.
public final class Installation {
  /// Where Squall lives unless told otherwise.
  public static final String NAMESPACE = "squall-system";

  /// Of the chart, in the order in which they are applied: what others stand on comes first.
  static final List<String> TEMPLATES = List.of("crds", "rbac", "admission", "agent", "controller");

  private static final String CHART = "/dev/squall/operator/chart/";
  private static final String FILES = "/dev/squall/operator/api/";
  private static final String VALUES = ".Values";

  private final Map<String, String> values;

  private Installation(Map<String, String> values) {
    this.values = values;
  }

  /// @param settings what is to differ from the chart's values.yaml, as `chaosMesh` to `true`
  /// @throws IllegalArgumentException when there is no such setting
  public static Installation in(String namespace, Map<String, String> settings) {
    Map<String, String> values = new TreeMap<>();
    flatten(VALUES, defaults(), values);
    settings.forEach((key, value) -> set(values, key, value));
    values.put(".Release.Namespace", namespace);
    return new Installation(values);
  }

  private static void set(Map<String, String> values, String key, String value) {
    if (values.replace(VALUES + "." + key, value) == null) {
      throw new IllegalArgumentException(
          "%s: there is no such setting; there are %s"
              .formatted(
                  key,
                  String.join(
                      ", ",
                      values.keySet().stream()
                          .map(path -> path.substring(VALUES.length() + 1))
                          .toList())));
    }
  }

  /// YAML documents in the order in which they have to be applied.
  public List<String> documents() {
    Stream<String> chart =
        TEMPLATES.stream().map(name -> template(CHART + "templates/" + name + ".yaml"));
    return Stream.concat(Stream.of(namespace()), chart).filter(text -> !text.isBlank()).toList();
  }

  /// Not of the chart, as Helm wants to make it itself.
  private String namespace() {
    return Template.file(read(FILES + "install/namespace.yaml"), values);
  }

  private String template(String path) {
    return Template.render(read(path), values, file -> read(FILES + file));
  }

  private static JsonNode defaults() {
    try {
      return new YAMLMapper().readTree(read(CHART + "values.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void flatten(String path, JsonNode node, Map<String, String> values) {
    if (node.isValueNode()) {
      values.put(path, node.asText());
      return;
    }
    node.properties()
        .forEach(entry -> flatten(path + "." + entry.getKey(), entry.getValue(), values));
  }

  private static String read(String name) {
    try (InputStream file = Installation.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("the chart lacks " + name);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
