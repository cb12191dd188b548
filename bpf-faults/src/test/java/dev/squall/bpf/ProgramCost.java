// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Faults.delay;
import static dev.squall.bpf.Faults.drop;
import static dev.squall.bpf.Faults.loss;
import static dev.squall.bpf.Faults.reset;
import static dev.squall.bpf.Frames.out4;
import static dev.squall.bpf.Frames.out6;
import static dev.squall.bpf.packet.Packet.hopByHop;
import static dev.squall.bpf.packet.Packet.packet;
import static dev.squall.bpf.packet.Packet.payload;
import static dev.squall.bpf.packet.Packet.tcp;
import static dev.squall.bpf.packet.Packet.udp;
import static dev.squall.bpf.packet.Packet.vlan;

import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.abi.LineMaps;
import dev.squall.bpf.abi.RuleMap;
import dev.squall.bpf.abi.TableMap;
import dev.squall.bpf.abi.Tuning;
import dev.squall.bpf.bench.BarePrograms;
import dev.squall.bpf.bench.CostTable;
import dev.squall.bpf.bench.Turns;
import dev.squall.bpf.linux.TapEnd;
import dev.squall.fault.Fault;
import dev.squall.fault.ResetEnd;
import dev.squall.target.IpPrefix;
import dev.squall.target.Protocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/// `bench/program-cost`: what the programs cost a packet beyond an empty program, by test runs in
/// the kernel. Everything is in the caches there, so a packet on a wire pays more; what grows with
/// the number of rules or peers, and what does not, is the same.
final class ProgramCost {
  private static final int[] PEERS = {1, 10, 100, 1_000, 10_000};
  private static final int RUNS = 100_000;
  private static final int RUNS_OF_A_RING = 3_000;
  private static final int RUNS_OF_A_TAP = 400;
  private static final double FLAT = 1.2;
  private static final String HARDLY_EVER = "0.000000001%";

  private static final byte[] WANTED = packet(out4(), udp(40_000, 443), payload(100));
  private static final byte[] OTHER_PORT = packet(out4(), udp(40_000, 80), payload(100));
  private static final byte[] SEGMENT = packet(out4(), tcp(40_000, 443), payload(100));

  private final BarePrograms bare = new BarePrograms(List.of());
  private final Turns turns = new Turns(bare.empty(), WANTED);
  private final CostTable table = new CostTable();
  private final List<Runnable> rows = new ArrayList<>();

  private ProgramCost() {}

  /// @param arguments how many rounds, 40 when it is left out
  public static void main(String[] arguments) {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 40;
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
    turns.take(rounds);
    rows.forEach(Runnable::run);
    System.out.println(table);
    return table.isKept();
  }

  private static Trial byPort(String percentage) {
    return Trial.of(loss(percentage)).protocol(Protocol.UDP).peerPorts("443");
  }

  private DoubleSupplier cost(ArmedTrial trial, byte[] packet) {
    return turns.add(trial.program().program("squall_egress"), packet, RUNS, () -> {});
  }

  private void section(String title) {
    rows.add(() -> table.section(title));
  }

  private void row(String what, DoubleSupplier nanos) {
    rows.add(() -> table.add(what, nanos.getAsDouble()));
  }

  private void row(String what, DoubleSupplier nanos, double limit) {
    rows.add(() -> table.add(what, nanos.getAsDouble(), limit));
  }

  private void gate() {
    section("One rule, by protocol and ports");
    ArmedTrial disarmed = byPort("100%").alone();
    disarmed.program().disarm();
    row("disarmed", cost(disarmed, WANTED), 2);
    row("miss", cost(byPort("100%").alone(), OTHER_PORT), 15);
    row("match that chance spares", cost(byPort(HARDLY_EVER).alone(), WANTED));
    row("loss that hits", cost(byPort("100%").alone(), WANTED), 30);
    row("loss per flow that hits", cost(byPort("100%").perFlow().alone(), WANTED));
    row("64 rules of which none matches", cost(sixtyFour().alone(), OTHER_PORT), 15);
    row("64 rules that chance spares", cost(sixtyFour().alone(), WANTED));
  }

  private static Trial sixtyFour() {
    Fault[] faults = new Fault[FaultAbi.RULES];
    Arrays.fill(faults, loss(HARDLY_EVER));
    return Trial.of(faults).protocol(Protocol.UDP).peerPorts("443");
  }

  private void hosts() {
    section("Exact peers, miss");
    List<DoubleSupplier> all = new ArrayList<>();
    for (int peers : PEERS) {
      ArmedTrial trial = Trial.of(loss("100%")).peers(hosts4(peers)).alone();
      DoubleSupplier cost = cost(trial, WANTED);
      all.add(cost);
      row("%,d IPv4 peers".formatted(peers), cost, 45);
    }
    rows.add(() -> table.add("dearest ÷ cheapest", ratio(all), FLAT));
    for (int peers : new int[] {1, 10_000}) {
      ArmedTrial trial = Trial.of(loss("100%")).peers(hosts6(peers)).alone();
      byte[] packet = packet(out6(), udp(1, 2), payload(100));
      row("%,d IPv6 peers".formatted(peers), cost(trial, packet));
    }
    ArmedTrial hit = Trial.of(loss("100%")).peers(hosts4(10_000)).alone();
    row("10,000 IPv4 peers, loss that hits", cost(hit, Frames.datagramTo("10.9.7.7")));
  }

  private static double ratio(List<DoubleSupplier> costs) {
    double[] nanos = costs.stream().mapToDouble(DoubleSupplier::getAsDouble).sorted().toArray();
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
    section("Prefixes, miss; limit: 45 and one bare lookup");
    for (int count : PEERS) {
      String[] texts = numbered(count, "10.%d.%d.0/24");
      byte[] packet = Frames.datagramTo("10.200.0.1");
      BarePrograms lookup = new BarePrograms(Arrays.stream(texts).map(IpPrefix::parse).toList());
      DoubleSupplier one = turns.add(lookup.prefixLookup(), packet, RUNS, () -> {});
      ArmedTrial trial = Trial.of(loss("100%")).peers(texts).alone();
      DoubleSupplier cost = cost(trial, packet);
      rows.add(
          () -> {
            String what = "%,d prefixes (bare lookup: %.1f)".formatted(count, one.getAsDouble());
            table.add(what, cost.getAsDouble(), 45 + one.getAsDouble());
          });
    }
  }

  /// Of a rule that matches and that chance spares.
  private void axes() {
    section("What each axis costs when a rule asks for it");
    DoubleSupplier none = cost(spared().alone(), SEGMENT);
    row("none: protocol alone", none);
    more("peer port", none, spared().peerPorts("443"));
    more("local port", none, spared().localPorts("40000"));
    more("TCP flags", none, spared().flags("ack"));
    more("exact peer", none, spared().peers(Frames.PEER));
    more("prefix", none, spared().peers("10.0.0.0/8"));
    more("peer excluded, not this one", none, spared().except("10.0.0.9"));
    DoubleSupplier idle = cost(idlePeers(), SEGMENT);
    rows.add(
        () -> {
          double more = idle.getAsDouble() - none.getAsDouble();
          table.add("10,000 peers that no rule asks for: more by", more, 1);
        });
  }

  private static Trial spared() {
    return Trial.of(loss(HARDLY_EVER)).protocol(Protocol.TCP);
  }

  private void more(String axis, DoubleSupplier none, Trial trial) {
    DoubleSupplier cost = cost(trial.alone(), SEGMENT);
    rows.add(() -> table.add(axis + ": more by", cost.getAsDouble() - none.getAsDouble()));
  }

  /// As if a rule of the other direction had them.
  private static ArmedTrial idlePeers() {
    ArmedTrial trial = spared().peers(hosts4(10_000)).alone();
    TableMap map = new TableMap(trial.program().map(TableMap.NAME).mmap(), FaultAbi.EGRESS);
    map.setAxes(0);
    return trial;
  }

  private void headers() {
    section("Headers, of a match that chance spares");
    ArmedTrial trial = Trial.of(loss(HARDLY_EVER)).alone();
    row("IPv4", cost(trial, WANTED));
    row("IPv6", cost(trial, packet(out6(), udp(1, 2), payload(100))));
    row("IPv4 in a VLAN", cost(trial, packet(vlan(7), out4(), udp(1, 2), payload(100))));
    row(
        "IPv6 with an extension header",
        cost(trial, packet(out6(), hopByHop(), udp(1, 2), payload(100))));
  }

  private void faults(TapEnd tap) {
    section("Other faults, hit");
    row("partition drop", cost(Trial.of(drop()).alone(), WANTED));
    row("reset, rewriting a segment", cost(resetOfResets(), packet(out4(), tcp(1, 2))));
    row("reset, IPv6", cost(resetOfResets(), packet(out6(), tcp(1, 2))));
    row("loss with every hit recorded", audited());
    row("delay, a copy to the device included", delayed(tap));
    row("delay without a line (overflow)", cost(Trial.of(delay("1ms")).alone(), WANTED));
  }

  /// From the second run on the packet is a reset already, which no experiment would touch.
  private static ArmedTrial resetOfResets() {
    ArmedTrial trial = Trial.of(reset(ResetEnd.RECEIVER)).alone();
    TableMap map = new TableMap(trial.program().map(TableMap.NAME).mmap(), FaultAbi.EGRESS);
    IntStream.range(0, 256).forEach(flags -> map.setTcpFlags(flags, 1));
    return trial;
  }

  private DoubleSupplier audited() {
    ArmedTrial trial = byPort("100%").alone();
    Tuning.auditEveryHit(trial.program().map(RuleMap.NAME).mmap(), 0);
    return turns.add(
        trial.program().program("squall_egress"),
        WANTED,
        RUNS_OF_A_RING,
        () -> trial.program().sample());
  }

  private DoubleSupplier delayed(TapEnd tap) {
    ArmedTrial trial = Trial.of(delay("1ms")).alone();
    LoadedProgram program = trial.program();
    LineMaps.setLine(program.map(LineMaps.LINE_NAME).mmap(), LineMaps.FQ, tap.index(), 0);
    return turns.add(
        program.program("squall_egress"),
        WANTED,
        RUNS_OF_A_TAP,
        () -> {
          tap.sent();
          program.map(LineMaps.WAITING_NAME).mmap().fill((byte) 0);
        });
  }
}
