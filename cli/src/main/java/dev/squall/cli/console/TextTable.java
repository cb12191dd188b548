// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.console;

import java.util.ArrayList;
import java.util.List;

/// A table of plain text: columns as wide as their widest cell, two spaces between them.
public final class TextTable {
  /// A heading, and the side that its cells lean to.
  public record Column(String heading, boolean right) {
    /// A column of words.
    public static Column words(String heading) {
      return new Column(heading, false);
    }

    /// A column of figures.
    public static Column figures(String heading) {
      return new Column(heading, true);
    }
  }

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  public TextTable(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  /// Adds a row; it must have a cell for every column.
  public void row(List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(cells.size() + " cells for " + columns.size());
    }
    rows.add(List.copyOf(cells));
  }

  /// The heading line, then one line per row; no line ends in a space.
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(line(columns.stream().map(Column::heading).toList()));
    rows.forEach(row -> lines.add(line(row)));
    return lines;
  }

  private String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String padding = " ".repeat(width(i) - cells.get(i).length());
      line.append(i == 0 ? "" : "  ");
      line.append(columns.get(i).right() ? padding + cells.get(i) : cells.get(i) + padding);
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    int width = columns.get(column).heading().length();
    for (List<String> row : rows) {
      width = Math.max(width, row.get(column).length());
    }
    return width;
  }
}
