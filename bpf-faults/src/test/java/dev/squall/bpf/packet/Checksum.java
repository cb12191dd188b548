// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.packet;

/// The state of a transport checksum.
public enum Checksum {
  /// As it goes over the wire.
  FINISHED,
  /// Only the sum of the pseudo header, as with checksum offload: the device adds the rest.
  UNFINISHED,
  WRONG;

  /// The check field of a segment whose field is still zero.
  int field(Ends ends, int protocol, byte[] segment) {
    int pseudo = ends.pseudoHeaderSum(protocol, segment.length);
    int finished = InternetChecksum.of(pseudo + InternetChecksum.sum(segment));
    return switch (this) {
      case FINISHED -> finished;
      case UNFINISHED -> pseudo;
      case WRONG -> finished ^ 0x5555;
    };
  }
}
