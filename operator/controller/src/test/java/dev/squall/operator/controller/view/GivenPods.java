// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.view;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Pods for tests.
public final class GivenPods {
  private GivenPods() {}

  /// A running pod in namespace `shop`; its UID follows from its name.
  public static PodRecord running(String name, String node, String address) {
    return pod(name, node, new PodRecord.State("Running", List.of(address), false));
  }

  /// One in another phase.
  public static PodRecord in(String phase, String name) {
    return pod(name, "n1", new PodRecord.State(phase, List.of("10.0.9.9"), false));
  }

  private static PodRecord pod(String name, String node, PodRecord.State state) {
    return new PodRecord(
        new PodRecord.Identity(
            "shop", name, UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))),
        Map.of("app", "web"),
        Map.of(),
        state,
        new PodRecord.Traits(
            node, false, "Deployment web", new PodRecord.Settings("default", "Always", "", "")));
  }
}
