// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.packet;

import dev.squall.bpf.packet.Extension.Kind;
import dev.squall.bpf.packet.Layer.Carried;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Builds packets: `packet(vlan(7), ipv4(HERE, THERE), tcp(40000, 80).flags(SYN), payload(100))`.
/// Lengths, numbers and checksums follow from the layers.
public final class Packet {
  private Packet() {}

  /// A frame, with an Ethernet header between two unicast addresses when none is named.
  public static byte[] packet(Layer... layers) {
    List<Layer> all = new ArrayList<>(Arrays.asList(layers));
    if (!(all.getFirst() instanceof Ethernet)) {
      all.addFirst(ethernet());
    }
    return encode(all);
  }

  /// A packet of a device without an Ethernet header.
  public static byte[] bare(Layer... layers) {
    return encode(List.of(layers));
  }

  private static byte[] encode(List<Layer> layers) {
    byte[] bytes = {};
    int number = Carried.NOTHING;
    for (int i = layers.size() - 1; i >= 0; i--) {
      Layer layer = layers.get(i);
      bytes = layer.encode(new Carried(number, bytes, ends(layers.subList(0, i))));
      number = layer instanceof Ethernet ? Carried.NOTHING : layer.number();
    }
    return bytes;
  }

  private static @Nullable Ends ends(List<Layer> inFront) {
    for (Layer layer : inFront.reversed()) {
      if (layer instanceof Ipv4 ip) {
        return ip.ends();
      }
      if (layer instanceof Ipv6 ip) {
        return ip.ends();
      }
    }
    return null;
  }

  /// The first bytes of a packet: the rest was lost on the way.
  public static byte[] cut(byte[] packet, int length) {
    return Arrays.copyOf(packet, length);
  }

  /// A packet in a frame with zeros behind it, as short ones have on a wire.
  public static byte[] padded(byte[] packet, int length) {
    return Arrays.copyOf(packet, Math.max(packet.length, length));
  }

  public static Ethernet ethernet() {
    return Ethernet.UNICAST;
  }

  public static Ethernet multicastEthernet() {
    return Ethernet.MULTICAST;
  }

  public static Vlan vlan(int id) {
    return new Vlan(id, Vlan.CUSTOMER);
  }

  public static Vlan serviceVlan(int id) {
    return new Vlan(id, Vlan.SERVICE);
  }

  public static Arp arp(String source, String wanted) {
    return new Arp(Ends.of(source, wanted));
  }

  public static Ipv4 ipv4(String source, String destination) {
    return Ipv4.between(source, destination);
  }

  public static Ipv6 ipv6(String source, String destination) {
    return Ipv6.between(source, destination);
  }

  public static Extension hopByHop() {
    return Extension.of(Kind.HOP_BY_HOP, 8);
  }

  public static Extension routing() {
    return Extension.of(Kind.ROUTING, 24);
  }

  public static Extension destinationOptions() {
    return Extension.of(Kind.DESTINATION, 16);
  }

  public static Extension authentication() {
    return Extension.of(Kind.AUTHENTICATION, 28);
  }

  /// A fragment header.
  ///
  /// @param offset in bytes, a multiple of 8
  /// @param more whether another one follows
  public static Extension fragment(int offset, boolean more) {
    return Extension.fragment(offset, more);
  }

  public static Tcp tcp(int source, int destination) {
    return Tcp.between(source, destination);
  }

  public static Udp udp(int source, int destination) {
    return new Udp(source, destination, Checksum.FINISHED);
  }

  public static Icmp icmp(int type) {
    return new Icmp(Icmp.V4, type, 0);
  }

  public static Icmp icmpv6(int type) {
    return new Icmp(Icmp.V6, type, 0);
  }

  public static Payload payload(int bytes) {
    return new Payload(bytes, Payload.EXPERIMENTAL);
  }

  public static Data data(byte[] bytes) {
    return new Data(bytes);
  }
}
