// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import java.util.List;
import java.util.stream.Collectors;

/// A resource that cannot be carried out, with all its problems.
public final class InvalidResourceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<FieldProblem> problems;

  public InvalidResourceException(List<FieldProblem> problems) {
    super(problems.stream().map(FieldProblem::toString).collect(Collectors.joining("; ")));
    this.problems = List.copyOf(problems);
  }

  /// At least one.
  public List<FieldProblem> problems() {
    return problems;
  }
}
