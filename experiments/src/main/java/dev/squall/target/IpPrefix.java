// SPDX-License-Identifier: Apache-2.0
package dev.squall.target;

import java.math.BigInteger;
import java.net.InetAddress;

/// The addresses whose first `length` bits are those of `address`.
///
/// An address here is what stands in an IP header. So a host name that the `InetAddress` remembers
/// and the scope of a link-local address are dropped, and a v4-mapped IPv6 address becomes the IPv4
/// address that is really on the wire.
///
/// @param address the lowest address of the prefix: all bits after the first `length` are zero
/// @param length 0 to 32 for IPv4, 0 to 128 for IPv6
public record IpPrefix(InetAddress address, int length) {

  public IpPrefix {
    address = IpAddresses.bare(address);
    int bits = bits(address);
    if (length < 0 || length > bits) {
      throw new IllegalArgumentException(
          "%s/%d: the prefix length of this address is from 0 to %d"
              .formatted(IpAddresses.text(address), length, bits));
    }
    InetAddress lowest = lowest(address, length);
    if (!lowest.equals(address)) {
      throw new IllegalArgumentException(
          "%s/%d: bits are set after the prefix, write %s/%d"
              .formatted(IpAddresses.text(address), length, IpAddresses.text(lowest), length));
    }
  }

  /// The prefix that holds this one address.
  public static IpPrefix host(InetAddress address) {
    InetAddress bare = IpAddresses.bare(address);
    return new IpPrefix(bare, bits(bare));
  }

  /// Reads `10.0.0.0/8`, `10.0.0.1`, `2001:db8::/32`, `::1`. It never asks a name server; scoped
  /// and v4-mapped addresses and the short forms of IPv4 (`10.1`) are refused.
  public static IpPrefix parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return host(IpAddresses.parse(text));
    }
    String length = text.substring(slash + 1);
    if (!length.matches("[0-9]{1,3}")) {
      throw new IllegalArgumentException(
          text + ": after the / stands the length of the prefix, as in 10.0.0.0/8");
    }
    return new IpPrefix(IpAddresses.parse(text.substring(0, slash)), Integer.parseInt(length));
  }

  /// Whether this is one address.
  public boolean isHost() {
    return length == bits(address);
  }

  /// The text that [#parse] reads; a single address has no length, IPv6 is as in RFC 5952.
  @Override
  public String toString() {
    String text = IpAddresses.text(address);
    return isHost() ? text : text + "/" + length;
  }

  private static int bits(InetAddress address) {
    return address.getAddress().length * Byte.SIZE;
  }

  private static InetAddress lowest(InetAddress address, int length) {
    int cleared = bits(address) - length;
    BigInteger value = new BigInteger(1, address.getAddress());
    return IpAddresses.of(
        value.shiftRight(cleared).shiftLeft(cleared), address.getAddress().length);
  }
}
