// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import java.util.Locale;

/// The distributions that have a name, which are those of tc-netem(8).
public enum NamedDistribution implements Distribution {
  UNIFORM,
  NORMAL,
  /// Many packets a little early, few very late: shape 3, cut where netem's table ends.
  PARETO,
  /// A quarter normal, three quarters Pareto.
  PARETONORMAL;

  /// The word that people write: `uniform`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
