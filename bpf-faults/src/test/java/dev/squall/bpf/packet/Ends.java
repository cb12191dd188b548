// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.packet;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// The addresses of an IP header.
public record Ends(InetAddress source, InetAddress destination) {
  static Ends of(String source, String destination) {
    try {
      return new Ends(InetAddress.getByName(source), InetAddress.getByName(destination));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static Ends of(byte[] source, byte[] destination) {
    try {
      return new Ends(InetAddress.getByAddress(source), InetAddress.getByAddress(destination));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(Arrays.toString(source), e);
    }
  }

  byte[] sourceBytes() {
    return source.getAddress();
  }

  byte[] destinationBytes() {
    return destination.getAddress();
  }

  /// The sum over the pseudo header (RFC 9293 3.1, RFC 8200 8.1), not complemented.
  int pseudoHeaderSum(int protocol, int length) {
    int sum = InternetChecksum.sum(sourceBytes()) + InternetChecksum.sum(destinationBytes());
    return InternetChecksum.fold(sum + protocol + (length >>> 16) + (length & 0xffff));
  }
}
