// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.view;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Pods for tests.
public final class Pods {
  private Pods() {}

  /// A running pod in namespace `shop`; its UID follows from its name.
  public static PodRecord running(String name, String node, String address) {
    return new PodRecord(
        new PodRecord.Identity(
            "shop", name, UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))),
        Map.of("app", "web"),
        Map.of(),
        new PodRecord.State("Running", List.of(address), false),
        new PodRecord.Traits(
            node, false, "Deployment web", new PodRecord.Settings("default", "Always", "", "")));
  }
}
