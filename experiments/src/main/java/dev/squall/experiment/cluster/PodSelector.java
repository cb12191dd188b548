// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.cluster;

import java.util.List;
import java.util.Map;

/// Which pods. What is empty chooses all.
public sealed interface PodSelector {
  /// The fields of a pod that can be compared.
  List<String> FIELDS =
      List.of(
          "metadata.name",
          "metadata.namespace",
          "spec.nodeName",
          "spec.restartPolicy",
          "spec.schedulerName",
          "spec.serviceAccountName",
          "status.nominatedNodeName",
          "status.phase",
          "status.podIP");

  /// Pods by their names.
  ///
  /// @param names names by namespace
  record Named(Map<String, List<String>> names) implements PodSelector {
    public Named {
      names = Map.copyOf(names);
    }
  }

  /// Pods by what they are; all has to fit.
  ///
  /// @param namespaces at least one
  /// @param annotations whose values are equal
  /// @param fields some of [#FIELDS], whose values are equal
  /// @param phases such as `Running`; `!Running` is any other
  record Matching(
      List<String> namespaces,
      List<LabelRequirement> labels,
      Map<String, String> annotations,
      Map<String, String> fields,
      NodeChoice nodes,
      List<String> phases)
      implements PodSelector {
    public Matching {
      namespaces = List.copyOf(namespaces);
      labels = List.copyOf(labels);
      annotations = Map.copyOf(annotations);
      fields = Map.copyOf(fields);
      phases = List.copyOf(phases);
      if (namespaces.isEmpty()) {
        throw new IllegalArgumentException("a selector names at least one namespace");
      }
    }
  }

  /// Nodes by name or by label: a pod has to run on one of either. Both empty: on any.
  record NodeChoice(List<String> names, Map<String, String> labels) {
    public static final NodeChoice ANY = new NodeChoice(List.of(), Map.of());

    public NodeChoice {
      names = List.copyOf(names);
      labels = Map.copyOf(labels);
    }

    public boolean isAny() {
      return names.isEmpty() && labels.isEmpty();
    }
  }

  /// What a label has to be.
  ///
  /// @param values at least one for IN and NOT_IN, none otherwise
  record LabelRequirement(String key, Operator operator, List<String> values) {
    public LabelRequirement {
      values = List.copyOf(values);
      boolean needsValues = operator == Operator.IN || operator == Operator.NOT_IN;
      if (needsValues == values.isEmpty()) {
        throw new IllegalArgumentException(
            needsValues
                ? key + ": In and NotIn compare with at least one value"
                : key + ": Exists and DoesNotExist have no values");
      }
    }

    /// Whether a pod or node with these labels fits.
    public boolean fits(Map<String, String> labels) {
      String value = labels.get(key);
      return switch (operator) {
        case IN -> value != null && values.contains(value);
        case NOT_IN -> value == null || !values.contains(value);
        case EXISTS -> value != null;
        case DOES_NOT_EXIST -> value == null;
      };
    }
  }

  /// As in a label selector of Kubernetes.
  enum Operator {
    IN,
    NOT_IN,
    EXISTS,
    DOES_NOT_EXIST
  }
}
