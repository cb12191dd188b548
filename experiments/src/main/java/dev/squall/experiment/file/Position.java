// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

/// A place in a file; line and column count from 1.
record Position(int line, int column) {

  static final Position START = new Position(1, 1);

  /// Where the text after this one begins.
  static Position after(String text) {
    int lines = (int) text.chars().filter(c -> c == '\n').count();
    return new Position(lines + 1, text.length() - text.lastIndexOf('\n'));
  }
}
