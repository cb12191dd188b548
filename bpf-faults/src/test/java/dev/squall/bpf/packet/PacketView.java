// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.packet;

import dev.squall.target.TcpFlag;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// A frame taken apart. Reading beyond what is there is an exception.
public final class PacketView {
  private static final int CHECK = 16;
  private static final int AUTHENTICATION = 51;
  private static final Set<Integer> EXTENSIONS = Set.of(0, 43, 44, AUTHENTICATION, 60);

  private final byte[] frame;
  private final ByteBuffer bytes;
  private final List<Integer> vlans = new ArrayList<>();
  private final boolean ipv4;
  private final int ip;
  private final List<Integer> extensions = new ArrayList<>();
  private final int transport;
  private final int protocol;

  private PacketView(byte[] frame) {
    this.frame = frame;
    this.bytes = ByteBuffer.wrap(frame);
    int at = Ethernet.BYTES;
    int type = u16(at - 2);
    while (type == Vlan.CUSTOMER || type == Vlan.SERVICE) {
      vlans.add(u16(at));
      type = u16(at + 2);
      at += Vlan.BYTES;
    }
    ip = at;
    ipv4 = type == Ipv4.NUMBER;
    at = ip + (ipv4 ? (bytes.get(ip) & 15) * 4 : Ipv6.BYTES);
    int next = u8(ip + (ipv4 ? 9 : 6));
    while (!ipv4 && EXTENSIONS.contains(next)) {
      extensions.add(next);
      int length = next == AUTHENTICATION ? (u8(at + 1) + 2) * 4 : (u8(at + 1) + 1) * 8;
      next = u8(at);
      at += length;
    }
    transport = at;
    protocol = next;
  }

  /// Takes apart a frame of IPv4 or IPv6.
  public static PacketView of(byte[] frame) {
    return new PacketView(frame);
  }

  /// A TCP header.
  ///
  /// @param headerBytes with options
  public record TcpSegment(
      Tcp.Ports ports,
      Tcp.Numbers numbers,
      Set<TcpFlag> flags,
      int headerBytes,
      int payloadBytes,
      Checksum checksum) {}

  /// A message of ICMP or ICMPv6.
  ///
  /// @param quote what follows the eight bytes of the header
  public record IcmpMessage(int type, int code, boolean checksumIsRight, ByteBuffer quote) {}

  private int u8(int at) {
    return Byte.toUnsignedInt(bytes.get(at));
  }

  private int u16(int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }

  private byte[] part(int from, int to) {
    return Arrays.copyOfRange(frame, from, to);
  }

  /// The identifiers of its tags, the outer one first.
  public List<Integer> vlans() {
    return vlans;
  }

  /// The protocol numbers of its IPv6 extension headers.
  public List<Integer> extensions() {
    return extensions;
  }

  public Ethernet ethernet() {
    long destination = bytes.getLong(0) >>> 16;
    long source = bytes.getLong(4) & 0xffffffffffffL;
    return new Ethernet(source, destination);
  }

  public String source() {
    return ends().source().getHostAddress();
  }

  public String destination() {
    return ends().destination().getHostAddress();
  }

  /// The addresses of the IP header.
  public Ends ends() {
    return ipv4
        ? Ends.of(part(ip + 12, ip + 16), part(ip + 16, ip + 20))
        : Ends.of(part(ip + 8, ip + 24), part(ip + 24, ip + 40));
  }

  public int protocol() {
    return protocol;
  }

  /// Bytes from the IP header to the transport header.
  public int ipHeaderBytes() {
    return transport - ip;
  }

  /// Bytes of IPv4 options.
  public int optionBytes() {
    return transport - ip - Ipv4.BYTES;
  }

  /// Whether the header's length is that of the packet, and its checksum right if it has one.
  public boolean ipHeaderIsRight() {
    if (!ipv4) {
      return u16(ip + 4) == frame.length - ip - Ipv6.BYTES;
    }
    boolean summed = InternetChecksum.of(InternetChecksum.sum(part(ip, transport))) == 0;
    return summed && u16(ip + 2) == frame.length - ip;
  }

  /// From the IP header on.
  public ByteBuffer ipPacket() {
    return ByteBuffer.wrap(part(ip, frame.length));
  }

  public TcpSegment tcp() {
    int header = (u8(transport + 12) >> 4) * 4;
    return new TcpSegment(
        new Tcp.Ports(u16(transport), u16(transport + 2)),
        new Tcp.Numbers(
            Integer.toUnsignedLong(bytes.getInt(transport + 4)),
            Integer.toUnsignedLong(bytes.getInt(transport + 8))),
        flags(u8(transport + 13)),
        header,
        frame.length - transport - header,
        checksum());
  }

  private static Set<TcpFlag> flags(int bits) {
    Set<TcpFlag> flags = EnumSet.noneOf(TcpFlag.class);
    for (TcpFlag flag : TcpFlag.values()) {
      if ((bits & flag.bit()) != 0) {
        flags.add(flag);
      }
    }
    return flags;
  }

  /// FINISHED also when it happens to look unfinished.
  private Checksum checksum() {
    for (Checksum state : List.of(Checksum.FINISHED, Checksum.UNFINISHED)) {
      if (tcpChecksumIs(state)) {
        return state;
      }
    }
    return Checksum.WRONG;
  }

  /// Whether the check field of a segment is what it is in this state. One finished checksum in
  /// 65,536 is also an unfinished one.
  public boolean tcpChecksumIs(Checksum state) {
    byte[] segment = part(transport, frame.length);
    segment[CHECK] = 0;
    segment[CHECK + 1] = 0;
    return state.field(ends(), protocol, segment) == u16(transport + CHECK);
  }

  public IcmpMessage icmp() {
    byte[] message = part(transport, frame.length);
    int pseudo = protocol == Icmp.V6 ? ends().pseudoHeaderSum(Icmp.V6, message.length) : 0;
    boolean right = InternetChecksum.of(pseudo + InternetChecksum.sum(message)) == 0;
    ByteBuffer quote = ByteBuffer.wrap(part(transport + Icmp.BYTES, frame.length));
    return new IcmpMessage(u8(transport), u8(transport + 1), right, quote);
  }
}
