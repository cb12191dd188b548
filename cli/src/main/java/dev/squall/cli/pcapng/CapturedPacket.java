// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.pcapng;

import java.time.Instant;

/// A packet in a capture file.
///
/// @param interfaceNumber what [PcapngWriter#addInterface] gave
/// @param bytes the first ones of it
/// @param length of the whole packet
/// @param inbound whether the interface received it, else it was to send it
/// @param comment for whoever reads the file
@SuppressWarnings("ArrayRecordComponent") // written as they are, never compared as a whole
public record CapturedPacket(
    int interfaceNumber, Instant time, byte[] bytes, int length, boolean inbound, String comment) {}
