// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import dev.squall.fault.FaultException;
import dev.squall.fault.FlowExemption;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the SSH connection over which the user works, so that a fault on this host does not cut
/// it.
///
/// `sudo` takes `SSH_CONNECTION` out of the environment, so the processes above this one are asked
/// too, as far as they may be read.
public final class SshFlow {
  private static final String VARIABLE = "SSH_CONNECTION";

  private final Map<String, String> environment;
  private final Path processes;

  /// `processes` is where procfs is mounted.
  public SshFlow(Map<String, String> environment, Path processes) {
    this.environment = environment;
    this.processes = processes;
  }

  /// The flow to spare, or null where nobody works over SSH.
  public @Nullable FlowExemption find() {
    String connection = environment.get(VARIABLE);
    if (connection == null) {
      connection = ofAncestors();
    }
    return connection == null || connection.isBlank() ? null : parse(connection);
  }

  /// The form is that of sshd(8): client address, client port, server address, server port.
  private static FlowExemption parse(String connection) {
    String[] words = connection.strip().split(" ", -1);
    try {
      if (words.length == 4) {
        return new FlowExemption(
            InetAddress.ofLiteral(words[0]),
            Integer.parseInt(words[1]),
            Integer.parseInt(words[3]));
      }
    } catch (IllegalArgumentException malformed) {
      // Said below, in the same words as a wrong number of words.
    }
    throw new FaultException(
        FaultException.Kind.USER,
        "SSH_CONNECTION is '%s', not 'CLIENT PORT SERVER PORT', so your session cannot be spared: unset it or give --include-ssh"
            .formatted(connection));
  }

  private @Nullable String ofAncestors() {
    try {
      for (String pid = parent("self"); !pid.equals("0"); pid = parent(pid)) {
        String connection = variable(processes.resolve(pid).resolve("environ"));
        if (connection != null) {
          return connection;
        }
      }
    } catch (IOException unreadable) {
      return null;
    }
    return null;
  }

  private static @Nullable String variable(Path environ) throws IOException {
    for (String entry : Files.readString(environ, StandardCharsets.ISO_8859_1).split("\0", -1)) {
      if (entry.startsWith(VARIABLE + "=")) {
        return entry.substring(VARIABLE.length() + 1);
      }
    }
    return null;
  }

  /// Field 4 of proc_pid_stat(5); the name before it may hold spaces and brackets.
  private String parent(String pid) throws IOException {
    String stat =
        Files.readString(processes.resolve(pid).resolve("stat"), StandardCharsets.ISO_8859_1);
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[1];
  }
}
