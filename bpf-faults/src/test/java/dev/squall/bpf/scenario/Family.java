// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// The two families of addresses, each with its number and one address for every host of a network.
enum Family {
  IPV4(2, "10.77.0.", "24"),
  IPV6(10, "fd77::", "64");

  private final int number;
  private final String prefix;
  private final String length;

  Family(int number, String prefix, String length) {
    this.number = number;
    this.prefix = prefix;
    this.length = length;
  }

  /// AF_INET or AF_INET6.
  int number() {
    return number;
  }

  /// @param host from 1 on
  InetAddress address(int host) {
    try {
      return InetAddress.getByName(prefix + host);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  /// `10.77.0.1/24`
  String cidr(int host) {
    return prefix + host + "/" + length;
  }
}
