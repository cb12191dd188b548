// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.chaosmesh;

import io.fabric8.chaosmesh.v1alpha1.NetworkChaosSpec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of a NetworkChaos that came after the model was made.
public final class SpecFields {
  private SpecFields() {}

  /// `spec.rate.rate`; null: there is none.
  public static @Nullable String rate(NetworkChaosSpec spec) {
    return spec.getAdditionalProperties().get("rate") instanceof Map<?, ?> rate
        ? text(rate.get("rate"))
        : null;
  }

  /// `spec.remoteCluster`; null: there is none.
  public static @Nullable String remoteCluster(NetworkChaosSpec spec) {
    return text(spec.getAdditionalProperties().get("remoteCluster"));
  }

  /// `spec.partitionBehavior`; null: there is none.
  public static @Nullable String partitionBehavior(NetworkChaosSpec spec) {
    return text(spec.getAdditionalProperties().get("partitionBehavior"));
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null || value.toString().isEmpty() ? null : value.toString();
  }
}
