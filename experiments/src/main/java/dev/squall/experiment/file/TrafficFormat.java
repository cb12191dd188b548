// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.squall.experiment.file.YamlNode.Scalar.Kind;
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
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How traffic filters are written.
final class TrafficFormat {

  private static final Key<TrafficFilter, Direction> DIRECTION =
      Key.optional(
          "direction",
          "The way of the packets, seen from the target (default: egress, for reset and partition"
              + " both).",
          ScalarType.choice(List.of(Direction.values())),
          TrafficFilter::direction);

  private static final Key<TrafficFilter, Protocol> PROTOCOL =
      Key.optional(
          "protocol",
          "What the packets carry; icmp means echo and errors, never neighbour discovery.",
          ScalarType.choice(List.of(Protocol.values())),
          TrafficFilter::protocol);

  private static final ListType<PortRange> PORT_LIST =
      new ListType<>(
          new ScalarType<>(
              "a port or a range such as 8000-8100",
              EnumSet.of(Kind.INTEGER, Kind.TEXT),
              PortRange::parse,
              TrafficFormat::port,
              TrafficFormat::portSchema),
          "[443, 8000-8100]");

  private static final Key<TrafficFilter, List<PortRange>> LOCAL_PORTS =
      Key.optional(
          "localPorts",
          "Ports of the target, as numbers or ranges such as 8000-8100.",
          PORT_LIST,
          filter -> nullIfEmpty(filter.ports().local()));

  private static final Key<TrafficFilter, List<PortRange>> PEER_PORTS =
      Key.optional(
          "peerPorts",
          "Ports of the other end, as numbers or ranges such as 8000-8100.",
          PORT_LIST,
          filter -> nullIfEmpty(filter.ports().peer()));

  private static final Key<TrafficFilter, List<Peer>> PEERS =
      Key.optional(
          "peers",
          "The other ends: addresses, prefixes, host names.",
          new ListType<>(
              ScalarType.text(
                  "an address, a prefix or a host name", "[0-9A-Za-z.:/_-]+", Peer::parse),
              "[10.0.0.0/8, api.example.com]"),
          filter -> nullIfEmpty(filter.peers().included()));

  private static final Key<TrafficFilter, List<IpPrefix>> EXCEPT =
      Key.optional(
          "except",
          "Addresses and prefixes that are never hit.",
          new ListType<>(
              ScalarType.text("an address or a prefix", "[0-9A-Fa-f.:/]+", IpPrefix::parse),
              "[10.0.0.1, 10.1.0.0/16]"),
          filter -> nullIfEmpty(filter.peers().excluded()));

  private static final Key<TrafficFilter, Boolean> EXCEPT_HOST =
      Key.optional(
          "exceptHost",
          "Whether to spare what the target and its own host send each other, such as the kubelet's"
              + " probes (default: false).",
          ScalarType.truth(),
          filter -> filter.peers().exceptHost() ? true : null);

  private static final Key<TrafficFilter, List<String>> TCP_FLAGS =
      Key.optional(
          "tcpFlags",
          "TCP flags that must be set (syn), or not set (\"!ack\").",
          new ListType<>(
              ScalarType.choice(
                  Stream.of(TcpFlag.values())
                      .flatMap(flag -> Stream.of(flag.toString(), "!" + flag))
                      .toList()),
              "[syn, \"!ack\"]"),
          filter -> filter.flows().tcpFlags() == null ? null : filter.flows().tcpFlags().words());

  private static final Key<TrafficFilter, List<NamePattern>> SNI =
      Key.optional(
          "sni",
          "Only TLS flows whose ClientHello names one of these servers.",
          new ListType<>(
              ScalarType.text(
                  "a name such as api.example.com or *.example",
                  NamePattern.SYNTAX,
                  NamePattern::parse),
              "[\"*.example.com\"]"),
          filter -> nullIfEmpty(filter.flows().serverNames()));

  private static final ScalarType<FlowExtent> EXTENT =
      new ScalarType<>(
          "a number of packets such as 10, or of bytes such as 10KiB",
          EnumSet.of(Kind.INTEGER, Kind.TEXT),
          FlowExtent::parse,
          TrafficFormat::extent,
          TrafficFormat::extentSchema);

  private static final Key<TrafficFilter, FlowExtent> AFTER =
      Key.optional(
          "after",
          "Only packets behind so many packets or bytes of their flow.",
          EXTENT,
          filter -> filter.flows().after());

  private static final Key<TrafficFilter, FlowExtent> FIRST =
      Key.optional(
          "first",
          "Only the first so many packets or bytes of each flow.",
          EXTENT,
          filter -> filter.flows().first());

  private static final Key<TrafficFilter, Selection> PER =
      Key.optional(
          "per",
          "What percentages count: each packet, or each flow for its whole life (default: packet).",
          ScalarType.choice(List.of(Selection.values())),
          filter -> filter.selection() == Selection.PACKET ? null : filter.selection());

  static final MappingType<TrafficFilter> TYPE =
      new MappingType<>(
          TrafficFilter.class,
          List.of(
              DIRECTION,
              PROTOCOL,
              LOCAL_PORTS,
              PEER_PORTS,
              PEERS,
              EXCEPT,
              EXCEPT_HOST,
              TCP_FLAGS,
              SNI,
              AFTER,
              FIRST,
              PER),
          TrafficFormat::filter,
          PROTOCOL);

  private TrafficFormat() {}

  private static TrafficFilter filter(Fields fields) {
    List<String> flags = fields.or(TCP_FLAGS, List.of());
    return new TrafficFilter(
        fields.orNull(DIRECTION),
        fields.orNull(PROTOCOL),
        new Ports(fields.or(LOCAL_PORTS, List.of()), fields.or(PEER_PORTS, List.of())),
        new Peers(
            fields.or(PEERS, List.of()),
            fields.or(EXCEPT, List.of()),
            fields.or(EXCEPT_HOST, false)),
        new FlowFilter(
            flags.isEmpty() ? null : TcpFlags.parse(flags),
            fields.or(SNI, List.of()),
            fields.orNull(AFTER),
            fields.orNull(FIRST)),
        fields.or(PER, Selection.PACKET));
  }

  private static JsonNode port(PortRange range) {
    return range.first() == range.last()
        ? IntNode.valueOf(range.first())
        : TextNode.valueOf(range.toString());
  }

  private static ObjectNode portSchema(ObjectNode schema) {
    schema.putArray("type").add("integer").add("string");
    return schema
        .put("minimum", 1)
        .put("maximum", PortRange.LARGEST)
        .put("pattern", "^(?:" + PortRange.SYNTAX + ")$");
  }

  private static JsonNode extent(FlowExtent extent) {
    return extent.unit() == FlowExtent.Unit.PACKETS
        ? LongNode.valueOf(extent.amount())
        : TextNode.valueOf(extent.toString());
  }

  private static ObjectNode extentSchema(ObjectNode schema) {
    schema.putArray("type").add("integer").add("string");
    return schema.put("minimum", 1).put("pattern", "^(?:" + FlowExtent.SYNTAX + ")$");
  }

  private static <T> @Nullable List<T> nullIfEmpty(List<T> list) {
    return list.isEmpty() ? null : list;
  }
}
