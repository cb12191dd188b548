// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import dev.squall.target.Direction;

/// Packets that faults would have matched, if their other end were not an exception.
///
/// @param direction egress or ingress
public record SparedPackets(Direction direction, long packets) {}
