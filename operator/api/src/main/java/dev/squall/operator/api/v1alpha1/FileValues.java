// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.squall.experiment.Experiment;
import dev.squall.experiment.file.ExperimentFile;
import dev.squall.experiment.file.FileException;
import dev.squall.experiment.file.FileProblem;
import dev.squall.fault.NamedDistribution;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what a resource shares with Squall's file format, so that both mean the same and are
/// refused in the same words.
final class FileValues {
  /// The reader of files wants a target; what the resource's are, it cannot know.
  private static final String ANY_POD = "00000000-0000-0000-0000-000000000000";

  private static final List<String> DISTRIBUTIONS =
      Arrays.stream(NamedDistribution.values()).map(Object::toString).toList();

  private final String root;
  private final FieldProblems problems;

  /// @param root the path of the spec
  FileValues(String root, FieldProblems problems) {
    this.root = root;
    this.problems = problems;
  }

  /// Faults, traffic without the peers, limits and seed; null after a problem was added. The
  /// duration is the usual one of a file where the spec has none.
  @Nullable Experiment read(ExperimentSpec spec) {
    LocatedJson document = new LocatedJson(document(spec), root);
    try {
      return ExperimentFile.parse(root, document.text()).getFirst();
    } catch (FileException e) {
      e.problems().forEach(problem -> add(document, problem));
      return null;
    }
  }

  private ObjectNode document(ExperimentSpec spec) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.putArray("targets").addObject().put("pod", ANY_POD);
    document.set("faults", faults(spec.faults()));
    if (spec.traffic() != null) {
      document.set("traffic", withoutPeers(spec.traffic()));
    }
    if (spec.limits().duration() != null) {
      document.put("duration", spec.limits().duration());
    }
    if (spec.limits().budget() != null) {
      document.set("budget", spec.limits().budget());
    }
    if (spec.course().seed() != null) {
      document.put("seed", spec.course().seed());
    }
    return document;
  }

  /// The faults, without tables of jitter: these are files of one host, and must not be looked for.
  private ArrayNode faults(List<JsonNode> faults) {
    ArrayNode copies = JsonNodeFactory.instance.arrayNode();
    for (JsonNode fault : faults) {
      JsonNode copy = fault.deepCopy();
      if (copy instanceof ObjectNode keys && isTable(keys.get("distribution"))) {
        problems.add(
            "%s.faults[%d].distribution".formatted(root, copies.size()),
            "%s: write %s; a table is a file of one host"
                .formatted(keys.get("distribution").asText(), String.join(", ", DISTRIBUTIONS)));
        keys.remove("distribution");
      }
      copies.add(copy);
    }
    return copies;
  }

  private static boolean isTable(@Nullable JsonNode distribution) {
    return distribution != null
        && distribution.isTextual()
        && !DISTRIBUTIONS.contains(distribution.asText());
  }

  private static JsonNode withoutPeers(JsonNode traffic) {
    JsonNode copy = traffic.deepCopy();
    if (copy instanceof ObjectNode keys) {
      keys.remove("peers");
    }
    return copy;
  }

  private void add(LocatedJson document, FileProblem problem) {
    String path = document.path(problem.line());
    problems.add(path, withoutKey(problem.message(), path));
  }

  /// Messages begin with the key, which the path ends with.
  private static String withoutKey(String message, String path) {
    String key = path.substring(path.lastIndexOf('.') + 1).replaceAll("\\[\\d+]$", "");
    return message.replaceFirst("^\\Q" + key + "\\E:? ", "");
  }
}
