// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Runs the system's own programs, so that tests hear from somebody else what the kernel has.
public final class Shell {
  private Shell() {}

  /// What a command prints when it is run inside a network namespace. It must succeed.
  public static String in(NetworkNamespace namespace, String command) {
    long self = ProcessHandle.current().pid();
    List<String> line = new ArrayList<>(List.of("nsenter"));
    line.add("--net=/proc/" + self + "/fd/" + namespace.fd());
    line.addAll(List.of(command.split(" ")));
    return run(line);
  }

  private static String run(List<String> line) {
    try {
      Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
      byte[] output = process.getInputStream().readAllBytes();
      String text = new String(output, StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(line + " failed: " + text);
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
