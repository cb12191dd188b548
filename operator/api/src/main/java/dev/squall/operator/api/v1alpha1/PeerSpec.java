// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// The other end of a target's traffic: exactly one of these is not null.
///
/// @param address an address or a prefix
/// @param host a host name
/// @param pods pods, and the Services in front of them
/// @param service a Service
/// @param httpRoute an HTTPRoute of the Gateway API
/// @param grpcRoute a GRPCRoute of the Gateway API
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PeerSpec(
    @Nullable String address,
    @Nullable String host,
    @Nullable Pods pods,
    @Nullable Reference service,
    @Nullable Reference httpRoute,
    @Nullable Reference grpcRoute) {

  /// Some of the pods that fit a selector, as in [TargetSpec].
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Pods(
      @Nullable SelectorSpec selector, @Nullable String mode, @Nullable Integer value) {}

  /// @param namespace null: the experiment's own
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Reference(@Nullable String namespace, String name) {}
}
