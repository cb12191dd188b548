// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import java.util.Locale;

/// How a run that the kernel knows stands.
public enum RunState {
  /// Its programs are attached, and nothing is hit yet.
  PREPARED,
  /// Its owner renews the lease.
  ARMED,
  /// Its owner lives but has not renewed the lease: nothing is hit any more.
  LEASE_LOST,
  /// Its owner has died: nothing is hit any more.
  OWNER_DEAD;

  /// The word that people read: `lease-lost`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
