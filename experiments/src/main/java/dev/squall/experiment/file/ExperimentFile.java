// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

import dev.squall.experiment.Experiment;
import java.nio.file.Path;
import java.util.List;

/// Experiments as YAML, one document each.
public final class ExperimentFile {

  private ExperimentFile() {}

  /// Reads all experiments of a file, in their order; there is at least one.
  ///
  /// @throws FileException with every problem that was found
  public static List<Experiment> read(Path file) {
    throw new UnsupportedOperationException();
  }

  /// Writes one document that [#read] understands as the same experiment.
  public static String write(Experiment experiment) {
    throw new UnsupportedOperationException();
  }

  /// The JSON schema of one document, for editors: JSON text of draft 2020-12.
  public static String schema() {
    throw new UnsupportedOperationException();
  }
}
