// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import dev.squall.experiment.cluster.PodChoice;
import dev.squall.experiment.cluster.PodMode;
import dev.squall.experiment.cluster.PodSelector;
import dev.squall.experiment.cluster.PodSelector.LabelRequirement;
import dev.squall.experiment.cluster.PodSelector.NodeChoice;
import dev.squall.experiment.cluster.PodSelector.Operator;
import dev.squall.operator.api.v1alpha1.SelectorSpec.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the choice of pods in a resource means.
final class SelectorMapper {
  private static final Map<String, Operator> OPERATORS =
      Map.of(
          "In", Operator.IN,
          "NotIn", Operator.NOT_IN,
          "Exists", Operator.EXISTS,
          "DoesNotExist", Operator.DOES_NOT_EXIST);

  private final String ownNamespace;
  private final FieldProblems problems;

  /// @param ownNamespace of the resource
  SelectorMapper(String ownNamespace, FieldProblems problems) {
    this.ownNamespace = ownNamespace;
    this.problems = problems;
  }

  /// Null after a problem was added.
  @Nullable PodChoice choice(PeerSpec.Pods pods, String path) {
    PodSelector selector = selector(pods.selector(), path + ".selector");
    PodMode mode = mode(pods, path);
    return selector == null || mode == null ? null : new PodChoice(selector, mode);
  }

  private @Nullable PodSelector selector(@Nullable SelectorSpec spec, String path) {
    if (spec == null) {
      problems.add(path, "say which pods, as in selector: {labels: {app: web}}");
      return null;
    }
    if (spec.names().isEmpty()) {
      return matching(spec, path);
    }
    PodSelector.Named named = new PodSelector.Named(spec.names());
    if (!spec.isOnlyNames()) {
      problems.add(path + ".names", "names stands alone: leave out what else chooses pods");
      return null;
    }
    return named;
  }

  private @Nullable PodSelector matching(SelectorSpec spec, String path) {
    List<LabelRequirement> labels = labels(spec.metadata(), path);
    return labels == null
        ? null
        : new PodSelector.Matching(
            spec.namespaces().isEmpty() ? List.of(ownNamespace) : spec.namespaces(),
            labels,
            spec.metadata().annotations(),
            spec.fields(),
            new NodeChoice(spec.on().nodes(), spec.on().nodeLabels()),
            spec.phases());
  }

  private @Nullable List<LabelRequirement> labels(SelectorSpec.Metadata metadata, String path) {
    List<LabelRequirement> requirements = new ArrayList<>();
    metadata
        .labels()
        .forEach(
            (key, value) ->
                requirements.add(new LabelRequirement(key, Operator.IN, List.of(value))));
    for (int i = 0; i < metadata.labelExpressions().size(); i++) {
      Requirement expression = metadata.labelExpressions().get(i);
      String place = "%s.labelExpressions[%d]".formatted(path, i);
      LabelRequirement requirement = problems.attempt(place, () -> requirement(expression));
      if (requirement != null) {
        requirements.add(requirement);
      }
    }
    int asked = metadata.labels().size() + metadata.labelExpressions().size();
    return requirements.size() == asked ? requirements : null;
  }

  private static LabelRequirement requirement(Requirement expression) {
    Operator operator = OPERATORS.get(expression.operator());
    if (operator == null) {
      throw new IllegalArgumentException(
          expression.operator() + ": write In, NotIn, Exists or DoesNotExist");
    }
    return new LabelRequirement(expression.key(), operator, expression.values());
  }

  private @Nullable PodMode mode(PeerSpec.Pods pods, String path) {
    String mode = pods.mode() == null ? "all" : pods.mode();
    Integer value = pods.value();
    return switch (mode) {
      case "all", "one" -> {
        if (value != null) {
          problems.add(path + ".value", "leave it out: mode " + mode + " needs none");
          yield null;
        }
        yield mode.equals("all") ? new PodMode.All() : new PodMode.One();
      }
      case "fixed", "fixedPercent", "randomMaxPercent" -> {
        if (value == null) {
          problems.add(path + ".value", "mode " + mode + " needs a value, as in value: 50");
          yield null;
        }
        yield problems.attempt(path + ".value", () -> counted(mode, value));
      }
      default -> {
        problems.add(
            path + ".mode", mode + ": write all, one, fixed, fixedPercent or randomMaxPercent");
        yield null;
      }
    };
  }

  private static PodMode counted(String mode, int value) {
    return switch (mode) {
      case "fixed" -> new PodMode.Fixed(value);
      case "fixedPercent" -> new PodMode.FixedPercent(value);
      default -> new PodMode.RandomMaxPercent(value);
    };
  }
}
