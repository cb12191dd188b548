// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Limits; what is left out limits nothing.
///
/// @param stop the stop switch: while it is true every node ends its faults and nothing begins
/// @param allowedNamespaces names, or patterns in which `*` stands for any letters; null means any
///   open namespace
/// @param maxShare the largest share of one workload's pods that may be hit at the same time, a
///   whole percentage such as `50%`; null means all
/// @param windows when experiments may run; empty means always
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SquallPolicySpec(
    boolean stop,
    @Nullable List<String> allowedNamespaces,
    @Nullable String maxShare,
    List<Window> windows) {

  static final SquallPolicySpec UNLIMITED = new SquallPolicySpec(false, null, null, List.of());

  public SquallPolicySpec {
    allowedNamespaces = allowedNamespaces == null ? null : List.copyOf(allowedNamespaces);
    windows = windows == null ? List.of() : List.copyOf(windows);
  }

  /// A time of day on some days of the week.
  ///
  /// @param days on which it begins, as `Mon`; empty means every day
  /// @param from `HH:MM`
  /// @param to `HH:MM`, or `24:00`; on the next day if that is before `from`
  /// @param timeZone such as `Europe/Berlin`; UTC where the user named none
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Window(List<String> days, String from, String to, String timeZone) {
    public Window {
      days = days == null ? List.of() : List.copyOf(days);
      timeZone = timeZone == null ? "UTC" : timeZone;
    }
  }
}
