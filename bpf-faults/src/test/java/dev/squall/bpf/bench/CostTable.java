// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What was measured and what it may be, as a Markdown table.
public final class CostTable {
  private final List<String> lines = new ArrayList<>();
  private boolean kept = true;

  /// Begins a part of the table.
  public void section(String title) {
    lines.add("| **%s** | | |".formatted(title));
  }

  /// A figure without a limit.
  public void add(String what, double nanos) {
    lines.add("| %s | %s | |".formatted(what, number(nanos)));
  }

  /// A figure with a limit.
  public void add(String what, double nanos, double limit) {
    boolean within = nanos <= limit;
    kept &= within;
    String said = "≤ " + number(limit) + (within ? "" : ", **missed**");
    lines.add("| %s | %s | %s |".formatted(what, number(nanos), said));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
  }

  /// Whether every figure is within its limit.
  public boolean isKept() {
    return kept;
  }

  /// The table.
  @Override
  public String toString() {
    return "| | ns | limit |%n|---|---|---|%n".formatted() + String.join("\n", lines);
  }
}
