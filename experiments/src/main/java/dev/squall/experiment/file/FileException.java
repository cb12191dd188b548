// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

import java.util.List;
import java.util.stream.Collectors;

/// An experiment file that cannot be used, with all its problems in the order of the file.
public final class FileException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient List<FileProblem> problems;

  FileException(List<FileProblem> problems) {
    super(problems.stream().map(FileProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /// At least one.
  public List<FileProblem> problems() {
    return problems;
  }
}
