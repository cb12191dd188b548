// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What was measured, what it may be, and whether it is, as a Markdown table.
public final class CostTable {
  private static final String HEAD = "| | ns | target | |%n|---|---|---|---|%n";

  private final List<String> lines = new ArrayList<>();
  private boolean kept = true;

  /// Begins a part of the table.
  public void section(String title) {
    lines.add("| **%s** | | | |".formatted(title));
  }

  /// A figure without a target.
  public void add(String what, double nanos) {
    lines.add("| %s | %s | | |".formatted(what, number(nanos)));
  }

  /// A figure with a target.
  public void add(String what, double nanos, double target) {
    boolean within = nanos <= target;
    kept &= within;
    String verdict = within ? "kept" : "**missed**";
    lines.add("| %s | %s | ≤ %s | %s |".formatted(what, number(nanos), number(target), verdict));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.2f" : "%.1f", value);
  }

  /// Whether every figure is within its target.
  public boolean isKept() {
    return kept;
  }

  /// The table.
  @Override
  public String toString() {
    return HEAD.formatted() + String.join("\n", lines);
  }
}
