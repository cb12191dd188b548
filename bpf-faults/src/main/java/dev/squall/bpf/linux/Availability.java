// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

/// Whether the kernel can do something, as found out by trying.
public enum Availability {
  YES,
  NO,
  /// Trying failed for another reason, such as a missing capability.
  UNKNOWN
}
