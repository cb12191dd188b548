// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which pods. What is empty chooses all.
///
/// @param namespaces empty: the experiment's own
/// @param fields fields of pods and their values
/// @param phases such as `Running` or `!Running`
/// @param names names of pods by namespace; it stands alone
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SelectorSpec(
    List<String> namespaces,
    @JsonUnwrapped Metadata metadata,
    @JsonUnwrapped Nodes on,
    Map<String, String> fields,
    List<String> phases,
    Map<String, List<String>> names) {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static SelectorSpec of(JsonNode flat) {
    Own own = FlatJson.group(flat, Own.class);
    return new SelectorSpec(
        orEmpty(own.namespaces),
        FlatJson.group(flat, Metadata.class),
        FlatJson.group(flat, Nodes.class),
        sorted(own.fields),
        orEmpty(own.phases),
        own.names == null ? Map.of() : new TreeMap<>(own.names));
  }

  /// Whether nothing but names chooses.
  boolean isOnlyNames() {
    return equals(
        new SelectorSpec(
            List.of(),
            new Metadata(Map.of(), List.of(), Map.of()),
            new Nodes(List.of(), Map.of()),
            Map.of(),
            List.of(),
            names));
  }

  /// What pods are labelled and annotated with.
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Metadata(
      Map<String, String> labels,
      List<Requirement> labelExpressions,
      Map<String, String> annotations) {
    public Metadata {
      labels = sorted(labels);
      labelExpressions = orEmpty(labelExpressions);
      annotations = sorted(annotations);
    }
  }

  /// On which nodes pods run: one of these by name, or one that has the labels.
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Nodes(List<String> nodes, Map<String, String> nodeLabels) {
    public Nodes {
      nodes = orEmpty(nodes);
      nodeLabels = sorted(nodeLabels);
    }
  }

  /// What one label has to be.
  ///
  /// @param operator `In`, `NotIn`, `Exists` or `DoesNotExist`
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Requirement(String key, String operator, List<String> values) {
    public Requirement {
      values = orEmpty(values);
    }
  }

  private record Own(
      List<String> namespaces,
      Map<String, String> fields,
      List<String> phases,
      Map<String, List<String>> names) {}

  private static <T> List<T> orEmpty(List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }

  private static Map<String, String> sorted(Map<String, String> map) {
    return map == null ? Map.of() : new TreeMap<>(map);
  }
}
