// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

/// Something wrong in an experiment file.
///
/// @param file the file as the user named it
/// @param line from 1; 0 when the file could not be read at all
/// @param column from 1; 0 when the file could not be read at all
/// @param message what is wrong and what would be right
public record FileProblem(String file, int line, int column, String message) {

  /// `FILE:LINE:COLUMN: message`, as compilers print it.
  @Override
  public String toString() {
    String place = line == 0 ? file : "%s:%d:%d".formatted(file, line, column);
    return place + ": " + message;
  }
}
