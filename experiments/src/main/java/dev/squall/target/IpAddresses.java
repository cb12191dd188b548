// SPDX-License-Identifier: Apache-2.0
package dev.squall.target;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Addresses as bits and as text, without any name service.
final class IpAddresses {

  private static final int V4_BYTES = 4;

  private IpAddresses() {}

  /// Reads a literal address in full: four numbers, or IPv6 without a scope.
  static InetAddress parse(String text) {
    if (text.contains(":")) {
      return parseV6(text);
    }
    if (!text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")) {
      throw noAddress(text);
    }
    try {
      return Inet4Address.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      throw noAddress(text);
    }
  }

  /// The same address with nothing but its bits.
  static InetAddress bare(InetAddress address) {
    return of(address.getAddress());
  }

  /// The address with this value in so many bytes.
  static InetAddress of(BigInteger value, int length) {
    byte[] digits = value.toByteArray();
    byte[] bytes = new byte[length];
    int shared = Math.min(length, digits.length);
    System.arraycopy(digits, digits.length - shared, bytes, length - shared, shared);
    return of(bytes);
  }

  /// Writes IPv4 in four numbers, and IPv6 as RFC 5952 asks: lower case, no leading zeros, and the
  /// first of the longest runs of at least two zero groups as `::`.
  static String text(InetAddress address) {
    if (address.getAddress().length == V4_BYTES) {
      return address.getHostAddress();
    }
    List<String> groups = List.of(address.getHostAddress().split(":"));
    int start = 0;
    int length = 1;
    for (int i = 0; i < groups.size(); i++) {
      int run = zeros(groups, i);
      if (run > length) {
        start = i;
        length = run;
      }
    }
    if (length < 2) {
      return String.join(":", groups);
    }
    return String.join(":", groups.subList(0, start))
        + "::"
        + String.join(":", groups.subList(start + length, groups.size()));
  }

  private static InetAddress parseV6(String text) {
    if (text.contains("%")) {
      throw new IllegalArgumentException(
          text
              + ": an address in a packet has no scope, write "
              + text.substring(0, text.indexOf('%')));
    }
    if (!text.matches("[0-9A-Fa-f:.]+")) {
      throw noAddress(text);
    }
    InetAddress address;
    try {
      address = Inet6Address.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      throw noAddress(text);
    }
    if (address.getAddress().length == V4_BYTES) {
      throw new IllegalArgumentException(
          text + ": on the wire a v4-mapped address is IPv4, write " + address.getHostAddress());
    }
    return address;
  }

  private static int zeros(List<String> groups, int from) {
    int end = from;
    while (end < groups.size() && groups.get(end).equals("0")) {
      end++;
    }
    return end - from;
  }

  private static InetAddress of(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes, not " + bytes.length, e);
    }
  }

  private static IllegalArgumentException noAddress(String text) {
    return new IllegalArgumentException(
        text + ": this is no IP address; one is written as 10.0.0.1 or 2001:db8::1");
  }
}
