// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import dev.squall.cli.console.Console;
import java.util.Map;

/// Where the process begins, and the only place where it exits.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    Map<String, String> environment = System.getenv();
    Squall squall = new Squall(Console.system(environment), new BpfEngine(), environment);
    System.exit(squall.run(arguments).code());
  }
}
