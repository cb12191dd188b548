// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.squall.experiment.Experiment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Experiments as YAML, one document each.
public final class ExperimentFile {

  private ExperimentFile() {}

  /// Reads all experiments of a file, in their order; there is at least one.
  ///
  /// @throws FileException with every problem that was found
  public static List<Experiment> read(Path file) {
    Problems problems = new Problems(file.toString());
    String text = FileText.read(file, problems);
    problems.throwIfAny();
    return experiments(text, problems);
  }

  /// Reads all experiments of a text.
  ///
  /// @param name stands for the file in problems
  /// @throws FileException with every problem that was found
  public static List<Experiment> parse(String name, String text) {
    return experiments(text, new Problems(name));
  }

  /// Writes one document that [#read] understands as the same experiment.
  public static String write(Experiment experiment) {
    YAMLMapper yaml =
        YAMLMapper.builder()
            .disable(Feature.WRITE_DOC_START_MARKER, Feature.SPLIT_LINES)
            .enable(Feature.MINIMIZE_QUOTES, Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build();
    try {
      return yaml.writeValueAsString(ExperimentFormat.TYPE.write(experiment));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values can always be written", e);
    }
  }

  /// The JSON schema of one document, for editors: JSON text of draft 2020-12.
  public static String schema() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("$schema", "https://json-schema.org/draft/2020-12/schema")
        .put("title", "Squall experiment")
        .setAll(ExperimentFormat.TYPE.schema())
        .toPrettyString();
  }

  private static List<Experiment> experiments(String text, Problems problems) {
    List<Experiment> experiments = new ArrayList<>();
    for (YamlNode document : YamlDocuments.read(text, problems)) {
      Experiment experiment = ExperimentFormat.TYPE.read(document, "experiment", problems);
      if (experiment != null) {
        experiments.add(experiment);
      }
    }
    if (experiments.isEmpty() && problems.count() == 0) {
      problems.add(Position.START, "there is no experiment here: write targets and faults");
    }
    problems.throwIfAny();
    return experiments;
  }
}
