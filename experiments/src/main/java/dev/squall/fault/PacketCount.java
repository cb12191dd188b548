// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

/// Packets as the kernel hands them on, and the segments that they are on the wire: a packet with
/// segmentation offload is one packet and many segments.
public record PacketCount(long packets, long segments) {

  public static final PacketCount ZERO = new PacketCount(0, 0);
}
