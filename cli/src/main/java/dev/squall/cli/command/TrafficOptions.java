// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

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
import dev.squall.target.TcpFlags;
import dev.squall.target.TrafficFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which of the packets: the options of the group TRAFFIC.
final class TrafficOptions {
  /// What stands between values. At the end of a word it does not: the parser would drop what is
  /// empty there, and of a lone comma nothing would be left, which means every peer.
  static final String COMMA = ",(?!$)";

  @Option(
      names = "--direction",
      paramLabel = "egress|ingress|both",
      description = {"Seen from the target (default egress;", "for reset and partition both)."})
  private @Nullable Direction direction;

  @Option(
      names = "--protocol",
      paramLabel = "tcp|udp|icmp",
      description = "icmp: echo and errors, never neighbour discovery.")
  private @Nullable Protocol protocol;

  @Option(
      names = "--peer",
      paramLabel = "ADDR|PREFIX|NAME",
      split = COMMA,
      description = {
        "The other end; may be given several times, or with commas.",
        "A name is resolved once, before anything happens."
      })
  private List<Peer> peers = List.of();

  @Option(
      names = "--peer-port",
      paramLabel = "443",
      split = COMMA,
      description = "The port of the other end, or a range: 8000-8100.")
  private List<PortRange> peerPorts = List.of();

  @Option(
      names = "--local-port",
      paramLabel = "80",
      split = COMMA,
      description = "The port of the target, or a range.")
  private List<PortRange> localPorts = List.of();

  @Option(
      names = "--except",
      paramLabel = "ADDR|PREFIX",
      split = COMMA,
      description = "A peer that is spared.")
  private List<IpPrefix> exceptions = List.of();

  @Option(
      names = "--tcp-flags",
      paramLabel = "syn,!ack",
      split = COMMA,
      description = "Only TCP packets with these flags set, or with ! not set.")
  private List<String> tcpFlags = List.of();

  @Option(names = "--syn-only", description = "Only attempts to open a TCP connection.")
  private boolean synOnly;

  @Option(
      names = "--sni",
      paramLabel = "NAME|*.NAME|NAME.*",
      split = COMMA,
      description = "Only TLS flows whose ClientHello names this server.")
  private List<NamePattern> serverNames = List.of();

  @Option(
      names = "--first",
      paramLabel = "10|10KiB",
      description = "Only the first packets, or bytes, of each flow.")
  private @Nullable FlowExtent first;

  @Option(
      names = "--after",
      paramLabel = "10|10KiB",
      description = "Only what comes after so many packets, or bytes, of a flow.")
  private @Nullable FlowExtent after;

  @Option(
      names = "--per",
      paramLabel = "packet|flow|segment",
      description = "What is decided upon (default packet).")
  private Selection selection = Selection.PACKET;

  TrafficFilter filter() {
    return new TrafficFilter(
        direction,
        protocol,
        new Ports(localPorts, peerPorts),
        new Peers(peers, exceptions),
        Usage.checked(() -> new FlowFilter(flags(), serverNames, after, first)),
        selection);
  }

  private @Nullable TcpFlags flags() {
    if (synOnly && !tcpFlags.isEmpty()) {
      throw Usage.wrong("--syn-only is --tcp-flags syn,!ack: give one of the two");
    }
    if (synOnly) {
      return TcpFlags.parse(List.of("syn", "!ack"));
    }
    return tcpFlags.isEmpty() ? null : Usage.checked("--tcp-flags", () -> TcpFlags.parse(tcpFlags));
  }
}
