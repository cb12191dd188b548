// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment;

import java.util.Locale;

/// Why a run ended.
public enum EndReason {
  /// Its time was up.
  DURATION,
  /// Its own process was asked to end.
  SIGNAL,
  /// Another process asked for it.
  STOPPED,
  /// As much has been hit as its budget allows.
  BUDGET,
  /// Its process was held up for so long that the kernel ended the faults.
  LEASE_LOST;

  /// The word in reports: `lease-lost`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
