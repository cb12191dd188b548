// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import dev.squall.fault.InjectionStatus;

/// How an injection stands.
///
/// @param attached whether its programs are still on the pod's interface
record Health(InjectionStatus status, boolean attached) {
  static final Health GOOD = new Health(InjectionStatus.ACTIVE, true);
}
