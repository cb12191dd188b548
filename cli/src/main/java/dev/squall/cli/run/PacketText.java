// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import dev.squall.cli.console.Figures;
import dev.squall.fault.HitPacket;
import dev.squall.target.IpPrefix;
import dev.squall.target.TcpFlag;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Says in a line which packet was hit, and by what.
final class PacketText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private PacketText() {}

  /// `packet 12:00:01.500000Z loss 5% on egress of netns web (eth0): tcp 192.0.2.1:80 >
  /// 192.0.2.2:40112, psh,ack, 4,410 B, 3 segments`.
  static String describe(HitPacket packet) {
    HitPacket.Frame frame = packet.frame();
    List<String> phrases = new ArrayList<>();
    phrases.add(
        "%s %s > %s".formatted(protocol(frame), end(frame.source()), end(frame.destination())));
    if (!frame.tcpFlags().isEmpty()) {
      phrases.add(
          frame.tcpFlags().stream().map(TcpFlag::toString).collect(Collectors.joining(",")));
    }
    phrases.add(Figures.count(frame.bytes()) + " B");
    if (frame.segments() > 1) {
      phrases.add(Figures.count(frame.segments()) + " segments");
    }
    return "packet %s %s on %s of %s: %s"
        .formatted(
            TIME.format(packet.time()),
            packet.fault().describe(),
            packet.direction().toString(),
            packet.where().describe(),
            String.join(", ", phrases));
  }

  /// The word that `--protocol` takes, or the number of a protocol that it does not know.
  static String protocol(HitPacket.Frame frame) {
    return switch (frame.protocol()) {
      case 1, 58 -> "icmp";
      case 6 -> "tcp";
      case 17 -> "udp";
      default -> "protocol " + frame.protocol();
    };
  }

  private static String end(HitPacket.End end) {
    String address = IpPrefix.host(end.address()).toString();
    if (end.port() == 0) {
      return address;
    }
    return (address.contains(":") ? "[" + address + "]" : address) + ":" + end.port();
  }
}
