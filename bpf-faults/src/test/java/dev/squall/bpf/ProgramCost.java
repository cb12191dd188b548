// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Faults.delay;
import static dev.squall.bpf.Faults.drop;
import static dev.squall.bpf.Faults.loss;
import static dev.squall.bpf.Faults.reset;
import static dev.squall.bpf.Frames.out4;
import static dev.squall.bpf.Frames.out6;
import static dev.squall.bpf.bench.Outcome.HIT;
import static dev.squall.bpf.bench.Outcome.MISS;
import static dev.squall.bpf.bench.Outcome.OVERFLOW;
import static dev.squall.bpf.bench.Outcome.SPARED;
import static dev.squall.bpf.packet.Packet.hopByHop;
import static dev.squall.bpf.packet.Packet.packet;
import static dev.squall.bpf.packet.Packet.payload;
import static dev.squall.bpf.packet.Packet.tcp;
import static dev.squall.bpf.packet.Packet.udp;
import static dev.squall.bpf.packet.Packet.vlan;

import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.abi.LineMaps;
import dev.squall.bpf.abi.TableMap;
import dev.squall.bpf.bench.BarePrograms;
import dev.squall.bpf.bench.CostTable;
import dev.squall.bpf.bench.Outcome;
import dev.squall.bpf.bench.Turns.Contender;
import dev.squall.bpf.bench.Turns.Copy;
import dev.squall.bpf.linux.TapEnd;
import dev.squall.fault.Fault;
import dev.squall.fault.ResetEnd;
import dev.squall.target.IpPrefix;
import dev.squall.target.Protocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// `bench/program-cost`: what the programs cost a packet beyond an empty program, by test runs in
/// the kernel. Everything is in the caches there, so a packet on a wire pays more; what grows with
/// the number of rules or peers, and what does not, is the same. In the end the counters have to
/// say that each packet was missed, spared or hit as its row has it.
final class ProgramCost {
  private static final int[] PEERS = {1, 10, 100, 1_000, 10_000};
  private static final int RUNS_OF_A_RING = 3_000;
  private static final int RUNS_OF_A_TAP = 400;
  private static final double FLAT = 1.2;
  private static final String HARDLY_EVER = "0.000000001%";

  private static final byte[] WANTED = packet(out4(), udp(40_000, 443), payload(100));
  private static final byte[] OTHER_PORT = packet(out4(), udp(40_000, 80), payload(100));
  private static final byte[] SEGMENT = packet(out4(), tcp(40_000, 443), payload(100));

  /// Many, as one may find its bucket empty and another not.
  private static final List<byte[]> TO_STRANGERS =
      IntStream.range(0, 16).mapToObj(i -> Frames.datagramTo("10.200.3." + i)).toList();

  private final CostSheet sheet = new CostSheet();

  private ProgramCost() {}

  /// @param arguments how many rounds, 100 when it is left out
  public static void main(String[] arguments) {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
    try (TapEnd tap = new TapEnd()) {
      boolean kept = tap.namespace().call(() -> new ProgramCost().run(tap, rounds));
      System.exit(kept ? 0 : 1);
    }
  }

  private boolean run(TapEnd tap, int rounds) {
    gate();
    hosts();
    prefixes();
    axes();
    headers();
    faults(tap);
    CostTable table = sheet.measure(rounds);
    System.out.println(table);
    return table.isKept();
  }

  private static Trial byPort(String percentage) {
    return Trial.of(loss(percentage)).protocol(Protocol.UDP).peerPorts("443");
  }

  private void gate() {
    sheet.section("One rule, by protocol and ports");
    sheet.row("disarmed", sheet.egress(ProgramCost::disarmed, MISS, WANTED), 2);
    sheet.row("miss", sheet.egress(byPort("100%")::alone, MISS, OTHER_PORT), 15);
    sheet.row("match that chance spares", sheet.egress(byPort(HARDLY_EVER)::alone, SPARED, WANTED));
    sheet.row("loss that hits", sheet.egress(byPort("100%")::alone, HIT, WANTED), 30);
    sheet.row(
        "loss per flow that hits", sheet.egress(byPort("100%").perFlow()::alone, HIT, WANTED));
    sheet.row(
        "64 rules of which none matches", sheet.egress(sixtyFour()::alone, MISS, OTHER_PORT), 15);
    Outcome each = SPARED.times(FaultAbi.RULES);
    sheet.row("64 rules that chance spares", sheet.egress(sixtyFour()::alone, each, WANTED));
  }

  private static ArmedTrial disarmed() {
    ArmedTrial trial = byPort("100%").alone();
    trial.program().disarm();
    return trial;
  }

  private static Trial sixtyFour() {
    Fault[] faults = new Fault[FaultAbi.RULES];
    Arrays.fill(faults, loss(HARDLY_EVER));
    return Trial.of(faults).protocol(Protocol.UDP).peerPorts("443");
  }

  private void hosts() {
    sheet.section("Exact peers");
    List<Contender> all = new ArrayList<>();
    for (int peers : PEERS) {
      Trial trial = Trial.of(loss("100%")).peers(hosts4(peers));
      Contender contender = sheet.egress(trial::alone, MISS, TO_STRANGERS);
      all.add(contender);
      sheet.row("miss of %,d IPv4 peers".formatted(peers), contender, 45);
    }
    sheet.row(table -> table.add("dearest ÷ cheapest of these", ratio(all), FLAT));
    for (int peers : new int[] {1, 10_000}) {
      Trial trial = Trial.of(loss("100%")).peers(hosts6(peers));
      byte[] packet = packet(out6(), udp(1, 2), payload(100));
      sheet.row(
          "miss of %,d IPv6 peers".formatted(peers), sheet.egress(trial::alone, MISS, packet));
    }
    Trial trial = Trial.of(loss("100%")).peers(hosts4(10_000));
    List<byte[]> packets =
        IntStream.range(1, 17).mapToObj(i -> Frames.datagramTo("10.9.7." + i)).toList();
    sheet.row("one of 10,000 IPv4 peers, loss that hits", sheet.egress(trial::alone, HIT, packets));
  }

  private static double ratio(List<Contender> contenders) {
    double[] nanos = contenders.stream().mapToDouble(Contender::cost).sorted().toArray();
    return nanos[nanos.length - 1] / nanos[0];
  }

  private static String[] hosts4(int count) {
    return numbered(count, "10.9.%d.%d");
  }

  private static String[] hosts6(int count) {
    return numbered(count, "fd00::9:%x:%x");
  }

  private static String[] numbered(int count, String format) {
    return IntStream.range(0, count)
        .mapToObj(i -> format.formatted(i / 250, i % 250 + 1))
        .toArray(String[]::new);
  }

  private void prefixes() {
    sheet.section("Prefixes all over 10.0.0.0/8, miss; target: 45 and one bare lookup");
    List<String> networks = networks();
    List<byte[]> strangers =
        networks.subList(0, 16).stream().map(each -> Frames.datagramTo(each + ".1")).toList();
    List<String> all =
        networks.subList(16, networks.size()).stream().map(n -> n + ".0/24").toList();
    for (int count : PEERS) {
      List<String> some = all.subList(0, count);
      Contender lookup = sheet.add(CostSheet.copies(() -> bareLookup(some)), strangers);
      Trial trial = Trial.of(loss("100%")).peers(some.toArray(String[]::new));
      Contender contender = sheet.egress(trial::alone, MISS, strangers);
      sheet.row(
          table -> {
            String what = "%,d prefixes (bare lookup: %.1f)".formatted(count, lookup.cost());
            table.add(what, contender.cost(), 45 + lookup.cost());
          });
    }
  }

  private static Copy bareLookup(List<String> networks) {
    List<IpPrefix> prefixes = networks.stream().map(IpPrefix::parse).toList();
    return new Copy(new BarePrograms(prefixes).prefixLookup(), () -> {});
  }

  /// The first three bytes of 10,016 networks, no two of them alike, in no order.
  private static List<String> networks() {
    return new Random(1)
        .ints(0, 1 << 16)
        .distinct()
        .limit(10_016)
        .mapToObj(i -> "10.%d.%d".formatted(i >> 8, i & 0xff))
        .toList();
  }

  /// Of a rule that matches and that chance spares.
  private void axes() {
    sheet.section("What each axis costs when a rule asks for it");
    Contender none = sheet.egress(spared()::alone, SPARED, SEGMENT);
    sheet.row("none: protocol alone", none);
    more("peer port", none, spared().peerPorts("443"));
    more("local port", none, spared().localPorts("40000"));
    more("TCP flags", none, spared().flags("ack"));
    more("exact peer", none, spared().peers(Frames.PEER));
    more("prefix", none, spared().peers("10.0.0.0/8"));
    more("peer excluded, not this one", none, spared().except("10.0.0.9"));
    Contender idle = sheet.egress(ProgramCost::idlePeers, SPARED, SEGMENT);
    sheet.row(
        table -> table.add("10,000 peers that no rule asks for: more by", over(idle, none), 1));
  }

  private static Trial spared() {
    return Trial.of(loss(HARDLY_EVER)).protocol(Protocol.TCP);
  }

  private void more(String axis, Contender none, Trial trial) {
    Contender contender = sheet.egress(trial::alone, SPARED, SEGMENT);
    sheet.row(table -> table.add(axis + ": more by", over(contender, none)));
  }

  private static double over(Contender contender, Contender other) {
    return contender.cost() - other.cost();
  }

  /// As if a rule of the other direction had them.
  private static ArmedTrial idlePeers() {
    ArmedTrial trial = spared().peers(hosts4(10_000)).alone();
    TableMap map = new TableMap(trial.program().map(TableMap.NAME).mmap(), FaultAbi.EGRESS);
    map.setAxes(0);
    return trial;
  }

  private void headers() {
    sheet.section("Headers, of a match that chance spares");
    sheet.row("IPv4", spared(WANTED));
    sheet.row("IPv6", spared(packet(out6(), udp(1, 2), payload(100))));
    sheet.row("IPv4 in a VLAN", spared(packet(vlan(7), out4(), udp(1, 2), payload(100))));
    byte[] extended = packet(out6(), hopByHop(), udp(1, 2), payload(100));
    sheet.row("IPv6 with an extension header", spared(extended));
  }

  private Contender spared(byte[] packet) {
    return sheet.egress(Trial.of(loss(HARDLY_EVER))::alone, SPARED, packet);
  }

  private void faults(TapEnd tap) {
    sheet.section("Other faults, hit");
    sheet.row("partition drop", sheet.egress(Trial.of(drop())::alone, HIT, WANTED));
    sheet.row(
        "reset, rewriting a segment",
        sheet.egress(ProgramCost::resetOfResets, HIT, packet(out4(), tcp(1, 2))));
    sheet.row(
        "reset, IPv6", sheet.egress(ProgramCost::resetOfResets, HIT, packet(out6(), tcp(1, 2))));
    sheet.row("loss with every hit recorded", audited());
    sheet.row("delay, a copy to the device included", delayed(tap));
    Contender overflow = sheet.egress(Trial.of(delay("1ms"))::alone, OVERFLOW, WANTED);
    sheet.row("delay without a line (overflow)", overflow);
  }

  /// From the second run on the packet is a reset already, which no experiment would touch.
  private static ArmedTrial resetOfResets() {
    ArmedTrial trial = Trial.of(reset(ResetEnd.RECEIVER)).alone();
    TableMap map = new TableMap(trial.program().map(TableMap.NAME).mmap(), FaultAbi.EGRESS);
    IntStream.range(0, 256).forEach(flags -> map.setTcpFlags(flags, 1));
    return trial;
  }

  private Contender audited() {
    List<ArmedTrial> trials = CostSheet.copies(byPort("100%").everyHit()::alone);
    return sheet.egress(trials, HIT, List.of(WANTED), RUNS_OF_A_RING, ProgramCost::emptyRing);
  }

  /// No record of the turn before may be missing: the ring had no room for it.
  private static void emptyRing(LoadedProgram program) {
    program.drainHits(_ -> {});
    if (program.unrecorded() != 0) {
      throw new IllegalStateException("not recorded: " + program.unrecorded());
    }
  }

  private Contender delayed(TapEnd tap) {
    List<ArmedTrial> trials = CostSheet.copies(Trial.of(delay("1ms"))::alone);
    for (ArmedTrial trial : trials) {
      LineMaps.setLine(
          trial.program().map(LineMaps.LINE_NAME).mmap(), LineMaps.FQ, tap.index(), tap.index());
    }
    return sheet.egress(
        trials,
        HIT,
        List.of(WANTED),
        RUNS_OF_A_TAP,
        program -> {
          tap.sent();
          program.map(LineMaps.WAITING_NAME).mmap().fill((byte) 0);
        });
  }
}
