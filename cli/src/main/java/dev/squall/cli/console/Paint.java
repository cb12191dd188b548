// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.console;

/// The few colours of the output, as ANSI "select graphic rendition" parameters.
public enum Paint {
  GREEN("32"),
  YELLOW("33"),
  RED("31"),
  BOLD("1"),
  DIM("2");

  private final String parameter;

  Paint(String parameter) {
    this.parameter = parameter;
  }

  String apply(String text) {
    return "\u001b[" + parameter + "m" + text + "\u001b[0m";
  }
}
