// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import dev.squall.fault.AttachedInterface;
import dev.squall.fault.Counters;
import dev.squall.fault.Delay;
import dev.squall.fault.DelayHistogram;
import dev.squall.fault.Fault;
import dev.squall.fault.HitPacket;
import dev.squall.fault.Loss;
import dev.squall.fault.PacketCount;
import dev.squall.fault.Rate;
import dev.squall.fault.RuleReport;
import dev.squall.target.Direction;
import dev.squall.target.Target;
import dev.squall.target.TcpFlag;
import dev.squall.unit.BitRate;
import dev.squall.unit.Percentage;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Reports of rules as a kernel could have counted them.
public final class Reports {
  private static final Target WEB = new Target.NamedNetns("web", null);

  private static final AttachedInterface ETH0 = new AttachedInterface(WEB, "eth0", true);

  /// What every packet begins with.
  static final byte[] FIRST_BYTES = {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0, 69};

  private Reports() {}

  /// Loss of 5 %: 52 of 1,000 packets, each of them one segment.
  public static RuleReport loss() {
    return rule(loss5(), counters(1_000, 1_000, 52, 52, 0), DelayHistogram.EMPTY);
  }

  /// The same with large packets: 1,500 segments, of which 70 were hit.
  public static RuleReport lossOfLargePackets() {
    return rule(loss5(), counters(1_000, 1_500, 52, 70, 0), DelayHistogram.EMPTY);
  }

  /// Nothing came by.
  public static RuleReport silence() {
    return rule(loss5(), Counters.ZERO, DelayHistogram.EMPTY);
  }

  /// A delay of 50 ms that three packets escaped.
  public static RuleReport overflowingDelay() {
    long[] delays = new long[DelayHistogram.BUCKETS];
    delays[DelayHistogram.indexOf(50_000_000)] = 997;
    return rule(
        new Delay(Duration.ofMillis(50), null, false),
        counters(1_000, 1_000, 997, 997, 3),
        new DelayHistogram(delays));
  }

  /// A rate that dropped three packets and marked two, where four flows named no server.
  public static RuleReport fullRate() {
    Counters counters =
        new Counters(
            new PacketCount(1_000, 1_000),
            new PacketCount(997, 997),
            99_700,
            new Counters.Others(3, 2, 4),
            null);
    return rule(
        new Rate(BitRate.parse("10mbit"), null, Rate.DEFAULT_BACKLOG),
        counters,
        DelayHistogram.EMPTY);
  }

  /// Three segments from port 80 of one address to port 40112 of another, lost.
  public static HitPacket lostSegments(String source, String destination) {
    return new HitPacket(
        Instant.parse("2026-07-01T12:00:01.5Z"),
        loss5(),
        Direction.EGRESS,
        ETH0,
        new HitPacket.Frame(
            end(source, 80),
            end(destination, 40_112),
            4_410,
            3,
            6,
            List.of(TcpFlag.PSH, TcpFlag.ACK)),
        new HitPacket.Capture(FIRST_BYTES, 4_410));
  }

  /// An echo request, lost.
  public static HitPacket lostEcho() {
    return new HitPacket(
        Instant.parse("2026-07-01T12:00:02Z"),
        loss5(),
        Direction.EGRESS,
        ETH0,
        new HitPacket.Frame(end("192.0.2.1", 0), end("192.0.2.2", 0), 98, 1, 1, List.of()),
        new HitPacket.Capture(FIRST_BYTES, 98));
  }

  private static HitPacket.End end(String address, int port) {
    return new HitPacket.End(InetAddress.ofLiteral(address), port);
  }

  public static RuleReport rule(Fault fault, Counters counters, DelayHistogram delays) {
    return new RuleReport(fault, Direction.EGRESS, WEB, "eth0", counters, delays);
  }

  private static Loss loss5() {
    return new Loss(Percentage.parse("5%"));
  }

  private static Counters counters(
      long matched, long matchedSegments, long hit, long hitSegments, long overflow) {
    return new Counters(
        new PacketCount(matched, matchedSegments),
        new PacketCount(hit, hitSegments),
        hit * 1_500,
        new Counters.Others(overflow, 0, 0),
        new Counters.Span(
            Instant.parse("2026-07-01T12:00:01Z"), Instant.parse("2026-07-01T12:00:09.5Z")));
  }
}
