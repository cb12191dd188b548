// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment;

import dev.squall.target.Direction;
import dev.squall.target.FlowExtent;
import dev.squall.target.FlowFilter;
import dev.squall.target.IpPrefix;
import dev.squall.target.NamePattern;
import dev.squall.target.Peer;
import dev.squall.target.Peers;
import dev.squall.target.PortRange;
import dev.squall.target.Ports;
import dev.squall.target.Protocol;
import dev.squall.target.Selection;
import dev.squall.target.TcpFlag;
import dev.squall.target.TcpFlags;
import dev.squall.target.TrafficFilter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/// Any traffic filters at all, for property tests.
public final class ArbitraryTraffic {

  private ArbitraryTraffic() {}

  public static Arbitrary<TrafficFilter> filters() {
    return Combinators.combine(
            Arbitraries.of(Direction.class).injectNull(0.5),
            Arbitraries.of(Protocol.class).injectNull(0.5),
            Combinators.combine(portRanges().list().ofMaxSize(3), portRanges().list().ofMaxSize(3))
                .as(Ports::new),
            Combinators.combine(
                    peers().list().ofMaxSize(5),
                    prefixes().list().ofMaxSize(3),
                    Arbitraries.of(true, false))
                .as(Peers::new),
            flows(),
            Arbitraries.of(Selection.class))
        .filter(
            (direction, protocol, ports, peers, flows, selection) -> fit(protocol, ports, flows))
        .as(TrafficFilter::new);
  }

  public static Arbitrary<PortRange> portRanges() {
    Arbitrary<Integer> ports = Arbitraries.integers().between(1, PortRange.LARGEST);
    return Combinators.combine(ports, ports)
        .as((a, b) -> new PortRange(Math.min(a, b), Math.max(a, b)));
  }

  /// Prefixes of IPv4 and IPv6, many of them with runs of zeros.
  public static Arbitrary<IpPrefix> prefixes() {
    return Arbitraries.of(4, 16)
        .flatMap(
            bytes ->
                Combinators.combine(
                        Arbitraries.of((byte) 0, (byte) 1, (byte) 0x20, (byte) 0xab)
                            .array(byte[].class)
                            .ofSize(bytes),
                        Arbitraries.integers().between(0, bytes * Byte.SIZE))
                    .as(ArbitraryTraffic::prefix));
  }

  public static Arbitrary<Peer> peers() {
    return Arbitraries.oneOf(
        prefixes().map(Peer.Network::new),
        Arbitraries.of("api.example.com", "localhost", "1e5", "a_b.", "y", "xn--bcher-kva.example")
            .map(Peer.HostName::new));
  }

  private static Arbitrary<FlowFilter> flows() {
    return Combinators.combine(
            flags().injectNull(0.5),
            names().list().ofMaxSize(3),
            extents().injectNull(0.5),
            extents().injectNull(0.5))
        .as(FlowFilter::new)
        .ignoreException(IllegalArgumentException.class);
  }

  public static Arbitrary<NamePattern> names() {
    return Arbitraries.of("api.example.com", "bad.*", "*.example", "*", "*.a_b", "1e5", "017")
        .map(NamePattern::parse);
  }

  private static Arbitrary<FlowExtent> extents() {
    return Combinators.combine(
            Arbitraries.longs().between(1, 1L << 50), Arbitraries.of(FlowExtent.Unit.class))
        .as(FlowExtent::new);
  }

  public static Arbitrary<TcpFlags> flags() {
    return Combinators.combine(
            Arbitraries.of(TcpFlag.class).set(), Arbitraries.of(TcpFlag.class).set())
        .filter((set, clear) -> !set.isEmpty() || !clear.isEmpty())
        .as(
            (set, clear) -> {
              Set<TcpFlag> others = new HashSet<>(clear);
              others.removeAll(set);
              return new TcpFlags(set, others);
            })
        .ignoreException(IllegalArgumentException.class);
  }

  private static IpPrefix prefix(byte[] bytes, int length) {
    int cleared = bytes.length * Byte.SIZE - length;
    BigInteger bits = new BigInteger(1, bytes).shiftRight(cleared).shiftLeft(cleared);
    byte[] lowest = new byte[bytes.length];
    for (int i = 0; i < lowest.length; i++) {
      lowest[lowest.length - 1 - i] = bits.shiftRight(i * Byte.SIZE).byteValue();
    }
    try {
      return new IpPrefix(InetAddress.getByAddress(lowest), length);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean fit(@Nullable Protocol protocol, Ports ports, FlowFilter flows) {
    boolean portsFit = protocol != Protocol.ICMP || ports.equals(Ports.ANY);
    boolean ofTcp = flows.tcpFlags() != null || !flows.serverNames().isEmpty();
    return portsFit && (!ofTcp || protocol == null || protocol == Protocol.TCP);
  }
}
