// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import dev.squall.fault.Injection;

/// An injection that is attached, and to what.
///
/// @param made what it does
/// @param network the pod's network when it was attached
record Held(Injection injection, WantedInjection made, PodNetwork network) {}
