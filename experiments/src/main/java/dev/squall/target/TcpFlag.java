// SPDX-License-Identifier: Apache-2.0
package dev.squall.target;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// A flag of the TCP header, in the order of its bits (RFC 9293, section 3.1).
public enum TcpFlag {
  FIN(0x01),
  SYN(0x02),
  RST(0x04),
  PSH(0x08),
  ACK(0x10),
  URG(0x20),
  ECE(0x40),
  CWR(0x80);

  private final int bit;

  TcpFlag(int bit) {
    this.bit = bit;
  }

  /// Those that are set in the header's flag byte, in its order.
  public static List<TcpFlag> of(int bits) {
    return Arrays.stream(values()).filter(flag -> (bits & flag.bit) != 0).toList();
  }

  /// The flag's place in the header's flag byte.
  public int bit() {
    return bit;
  }

  /// The word that people write: `syn`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
