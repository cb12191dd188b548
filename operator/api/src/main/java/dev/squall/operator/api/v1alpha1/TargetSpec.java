// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/// Some of the pods that fit a selector.
///
/// @param mode `all`, `one`, `fixed`, `fixedPercent` or `randomMaxPercent`; null: all
/// @param value a number of pods, or a percentage; null where the mode needs none
/// @param networkInterface null: the one with the default route
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TargetSpec(
    @Nullable SelectorSpec selector,
    @Nullable String mode,
    @Nullable Integer value,
    @JsonProperty("interface") @Nullable String networkInterface) {}
