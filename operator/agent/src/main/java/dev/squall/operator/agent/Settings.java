// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import java.nio.file.Path;
import java.util.Map;

/// What the agent's pod says of itself, in environment variables.
///
/// @param nodeName `NODE_NAME`: the node
/// @param namespace `POD_NAMESPACE`: where NodeFaults live, Squall's own
/// @param healthPort `HEALTH_PORT`, 8080 by default: of the only port that is open
/// @param state `STATE_DIR`, /run/squall by default: a folder that outlives a container
record Settings(String nodeName, String namespace, int healthPort, Path state) {

  /// @throws IllegalArgumentException a sentence that says which variable is wrong
  static Settings of(Map<String, String> environment) {
    String port = environment.getOrDefault("HEALTH_PORT", "8080");
    if (!port.matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException("HEALTH_PORT %s: this is not a port".formatted(port));
    }
    return new Settings(
        required(environment, "NODE_NAME", "spec.nodeName"),
        required(environment, "POD_NAMESPACE", "metadata.namespace"),
        Integer.parseInt(port),
        Path.of(environment.getOrDefault("STATE_DIR", "/run/squall")));
  }

  private static String required(
      Map<String, String> environment, String variable, String fieldPath) {
    String value = environment.get(variable);
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException(
          "%s is not set: set it by a fieldRef to %s".formatted(variable, fieldPath));
    }
    return value;
  }
}
