// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.chaosmesh;

import dev.squall.experiment.cluster.PodChoice;
import dev.squall.experiment.cluster.PodMode;
import dev.squall.experiment.cluster.PodSelector;
import dev.squall.experiment.cluster.PodSelector.LabelRequirement;
import dev.squall.experiment.cluster.PodSelector.Matching;
import dev.squall.experiment.cluster.PodSelector.Named;
import dev.squall.experiment.cluster.PodSelector.NodeChoice;
import dev.squall.experiment.cluster.PodSelector.Operator;
import io.fabric8.chaosmesh.v1alpha1.PodSelectorSpec;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Selectors and modes of Chaos Mesh.
final class PodChoices {
  private final String namespace;
  private final List<String> remarks;

  /// @param namespace of the object, which is meant where a selector names none
  /// @param remarks gets what is to be said
  PodChoices(String namespace, List<String> remarks) {
    this.namespace = namespace;
    this.remarks = remarks;
  }

  /// @param path of what holds the selector, for messages: `spec` or `spec.target`
  /// @param selector null means all pods of the object's namespace
  PodChoice of(
      String path, @Nullable PodSelectorSpec selector, String mode, @Nullable String value) {
    PodSelectorSpec given = selector == null ? new PodSelectorSpec() : selector;
    return new PodChoice(selector(path + ".selector", given), mode(path, mode, value));
  }

  private PodSelector selector(String path, PodSelectorSpec selector) {
    Map<String, List<String>> pods = orEmpty(selector.getPods());
    if (!pods.isEmpty()) {
      if (selectsOtherwise(selector)) {
        remarks.add(path + ".pods: the other selectors beside it are ignored, as in Chaos Mesh.");
      }
      return new Named(new TreeMap<>(pods));
    }
    List<String> namespaces = orEmpty(selector.getNamespaces());
    return new Matching(
        namespaces.isEmpty() ? List.of(namespace) : namespaces,
        labels(path, selector),
        orEmpty(selector.getAnnotationSelectors()),
        fields(path, orEmpty(selector.getFieldSelectors())),
        new NodeChoice(orEmpty(selector.getNodes()), orEmpty(selector.getNodeSelectors())),
        orEmpty(selector.getPodPhaseSelectors()));
  }

  /// Namespaces do not count: Chaos Mesh fills them in.
  private static boolean selectsOtherwise(PodSelectorSpec selector) {
    return Stream.of(
                selector.getLabelSelectors(),
                selector.getAnnotationSelectors(),
                selector.getFieldSelectors(),
                selector.getNodeSelectors())
            .anyMatch(map -> !orEmpty(map).isEmpty())
        || Stream.of(
                selector.getExpressionSelectors(),
                selector.getNodes(),
                selector.getPodPhaseSelectors())
            .anyMatch(list -> !orEmpty(list).isEmpty());
  }

  private static List<LabelRequirement> labels(String path, PodSelectorSpec selector) {
    List<LabelRequirement> labels = new ArrayList<>();
    new TreeMap<>(orEmpty(selector.getLabelSelectors()))
        .forEach(
            (key, value) -> labels.add(new LabelRequirement(key, Operator.IN, List.of(value))));
    for (LabelSelectorRequirement asked : orEmpty(selector.getExpressionSelectors())) {
      Operator operator = operator(path + ".expressionSelectors", asked.getOperator());
      labels.add(new LabelRequirement(asked.getKey(), operator, orEmpty(asked.getValues())));
    }
    return labels;
  }

  /// Chaos Mesh's own CRD takes any key.
  private static Map<String, String> fields(String path, Map<String, String> fields) {
    for (String field : new TreeSet<>(fields.keySet())) {
      if (!PodSelector.FIELDS.contains(field)) {
        throw new IllegalArgumentException(
            "%s.fieldSelectors: pods are not chosen by %s; these fields can be compared: %s"
                .formatted(path, field, String.join(", ", PodSelector.FIELDS)));
      }
    }
    return fields;
  }

  private static Operator operator(String path, String name) {
    return switch (name) {
      case "In" -> Operator.IN;
      case "NotIn" -> Operator.NOT_IN;
      case "Exists" -> Operator.EXISTS;
      case "DoesNotExist" -> Operator.DOES_NOT_EXIST;
      default ->
          throw new IllegalArgumentException(
              "%s: \"%s\" is no operator; there are In, NotIn, Exists and DoesNotExist"
                  .formatted(path, name));
    };
  }

  private static PodMode mode(String path, String mode, @Nullable String value) {
    return switch (mode) {
      case "all" -> new PodMode.All();
      case "one" -> new PodMode.One();
      case "fixed" -> new PodMode.Fixed(count(path, mode, value));
      case "fixed-percent" -> new PodMode.FixedPercent(count(path, mode, value));
      case "random-max-percent" -> new PodMode.RandomMaxPercent(count(path, mode, value));
      default ->
          throw new IllegalArgumentException(
              ("%s.mode: \"%s\" is no mode; there are one, all, fixed, fixed-percent and"
                      + " random-max-percent")
                  .formatted(path, mode));
    };
  }

  private static int count(String path, String mode, @Nullable String value) {
    try {
      return Integer.parseInt(value == null ? "" : value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s.value: \"%s\" is no whole number, and mode %s needs one"
              .formatted(path, value == null ? "" : value, mode),
          e);
    }
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  private static <V> Map<String, V> orEmpty(@Nullable Map<String, V> map) {
    return map == null ? Map.of() : map;
  }
}
