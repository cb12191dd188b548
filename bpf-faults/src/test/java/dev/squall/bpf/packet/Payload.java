// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.packet;

/// What the headers carry: bytes that count up, so that a shifted one shows.
///
/// @param length in bytes
/// @param number of an IP protocol nobody uses, when it follows the IP header directly
public record Payload(int length, int number) implements Layer {
  static final int EXPERIMENTAL = 253; // RFC 3692

  @Override
  public byte[] encode(Carried carried) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i + 1);
    }
    return bytes;
  }
}
