// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller;

import java.util.Locale;
import java.util.Map;

/// What the controller is told by its environment.
///
/// @param namespace Squall's own, where NodeFaults live: `POD_NAMESPACE`, or `squall-system`
/// @param identity of this controller among several: `POD_NAME`, or its host's name
/// @param port for health and metrics: `HTTP_PORT`, or 8080
/// @param allOpen whether every namespace is open to faults: `OPEN_NAMESPACES` is `all`
/// @param chaosMesh whether objects of Chaos Mesh are carried out: `CHAOS_MESH`, or `off`
record Settings(
    String namespace, String identity, int port, boolean allOpen, ChaosMeshMode chaosMesh) {
  private static final int PORT = 8080;

  /// How objects of Chaos Mesh are carried out.
  enum ChaosMeshMode {
    OFF,
    /// Pods that appear while faults happen are hit too.
    DYNAMIC,
    /// Only those that were chosen at the start, as Chaos Mesh does.
    FROZEN
  }

  static Settings of(Map<String, String> environment) {
    return new Settings(
        environment.getOrDefault("POD_NAMESPACE", "squall-system"),
        environment.getOrDefault("POD_NAME", environment.getOrDefault("HOSTNAME", "controller")),
        Integer.parseInt(environment.getOrDefault("HTTP_PORT", String.valueOf(PORT))),
        "all".equals(environment.get("OPEN_NAMESPACES")),
        ChaosMeshMode.valueOf(
            environment.getOrDefault("CHAOS_MESH", "off").toUpperCase(Locale.ROOT)));
  }
}
