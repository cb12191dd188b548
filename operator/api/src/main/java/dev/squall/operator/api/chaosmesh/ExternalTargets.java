// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.chaosmesh;

import dev.squall.target.IpPrefix;
import dev.squall.target.Peer;
import dev.squall.target.PortRange;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Entries of `externalTargets`: `10.0.0.1`, `10.0.0.0/8:443`, `example.com`, `[2001:db8::1]:80`.
final class ExternalTargets {
  private static final String FIELD = "spec.externalTargets";
  private static final int ANY_PORT = 0;
  private static final Pattern BRACKETS = Pattern.compile("\\[(.*)](/[0-9]+)?(?::([0-9]+))?");
  private static final Pattern WITH_PORT = Pattern.compile("([^:]+):([^:]*)");
  private static final Pattern NETWORK = Pattern.compile("([0-9A-Fa-f.:]+)/([0-9]{1,3})");

  private final SortedMap<Integer, Set<Peer>> byPort = new TreeMap<>();

  /// Peers of which one port is meant, or any.
  ///
  /// @param ports empty: any
  record AtPort(List<PortRange> ports, List<Peer> peers) {}

  /// The peers by port, those with any port first. Nobody is in it twice: one whose ports are all
  /// meant is left out elsewhere, or its packets would be hit for each time that it is named.
  static List<AtPort> of(List<String> texts) {
    ExternalTargets targets = new ExternalTargets();
    texts.forEach(targets::add);
    Set<Peer> whole = targets.byPort.getOrDefault(ANY_PORT, Set.of());
    return targets.byPort.entrySet().stream()
        .map(
            entry ->
                new AtPort(
                    entry.getKey() == ANY_PORT
                        ? List.of()
                        : List.of(new PortRange(entry.getKey(), entry.getKey())),
                    entry.getValue().stream()
                        .filter(peer -> entry.getKey() == ANY_PORT || !covers(whole, peer))
                        .toList()))
        .filter(group -> !group.peers().isEmpty())
        .toList();
  }

  private static boolean covers(Set<Peer> whole, Peer peer) {
    return whole.stream()
        .anyMatch(
            other ->
                other.equals(peer)
                    || (other instanceof Peer.Network wide
                        && peer instanceof Peer.Network narrow
                        && covers(wide.prefix(), narrow.prefix())));
  }

  private static boolean covers(IpPrefix wide, IpPrefix narrow) {
    return bits(wide.address()) == bits(narrow.address())
        && wide.length() <= narrow.length()
        && masked(narrow.address(), wide.length()).equals(wide.address());
  }

  private void add(String text) {
    Matcher brackets = BRACKETS.matcher(text);
    Matcher withPort = WITH_PORT.matcher(text);
    if (brackets.matches()) {
      String length = brackets.group(2) == null ? "" : brackets.group(2);
      add(text, brackets.group(1) + length, brackets.group(3));
    } else if (withPort.matches()) {
      add(text, withPort.group(1), withPort.group(2));
    } else {
      add(text, text, null);
    }
  }

  private void add(String text, String peer, @Nullable String port) {
    try {
      int number = port == null ? ANY_PORT : PortRange.parse(port).first();
      byPort.computeIfAbsent(number, _ -> new LinkedHashSet<>()).add(peer(peer));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s, %s: %s".formatted(FIELD, text, e.getMessage()), e);
    }
  }

  /// Chaos Mesh takes networks in which bits are set behind the prefix.
  private static Peer peer(String text) {
    Matcher network = NETWORK.matcher(text);
    if (!network.matches()) {
      return Peer.parse(text);
    }
    InetAddress address = IpPrefix.parse(network.group(1)).address();
    int length = Math.min(Integer.parseInt(network.group(2)), bits(address));
    if (length < Integer.parseInt(network.group(2))) {
      return Peer.parse(text);
    }
    return new Peer.Network(new IpPrefix(masked(address, length), length));
  }

  private static int bits(InetAddress address) {
    return address.getAddress().length * Byte.SIZE;
  }

  private static InetAddress masked(InetAddress address, int length) {
    int size = address.getAddress().length;
    int cleared = size * Byte.SIZE - length;
    BigInteger value = new BigInteger(1, address.getAddress());
    byte[] digits = value.shiftRight(cleared).shiftLeft(cleared).toByteArray();
    byte[] bytes = new byte[size];
    int shared = Math.min(size, digits.length);
    System.arraycopy(digits, digits.length - shared, bytes, size - shared, shared);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes, not " + size, e);
    }
  }
}
