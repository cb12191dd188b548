// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import dev.squall.unit.Percentage;

/// A fault that hits a share of what matches, which may be changed while it runs.
public interface ByShare {
  /// The share, or that to which its ramp leads.
  Percentage probability();

  /// The same fault with another share, at once.
  Fault withShare(Percentage share);
}
