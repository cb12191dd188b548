// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Collects what is wrong in one file.
final class Problems {

  private static final Position WHOLE_FILE = new Position(0, 0);

  private static final int MOST = 100;

  private final String file;
  private final List<FileProblem> found = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  void add(Position position, String message) {
    found.add(new FileProblem(file, position.line(), position.column(), message));
  }

  /// A problem of the file as a whole.
  void add(String message) {
    add(WHOLE_FILE, message);
  }

  int count() {
    return found.size();
  }

  /// Only the first problem of each place is told, the others follow from it, and of the places
  /// only the first hundred.
  void throwIfAny() {
    if (found.isEmpty()) {
      return;
    }
    Set<Position> places = new HashSet<>();
    throw new FileException(
        found.stream()
            .filter(problem -> places.add(new Position(problem.line(), problem.column())))
            .sorted(
                Comparator.comparingInt(FileProblem::line).thenComparingInt(FileProblem::column))
            .limit(MOST)
            .toList());
  }
}
