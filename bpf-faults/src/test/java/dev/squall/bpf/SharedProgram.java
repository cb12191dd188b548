// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import dev.squall.bpf.abi.CountMap;
import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.abi.LineMaps;
import dev.squall.bpf.abi.NameMapEntries;
import dev.squall.bpf.abi.NameMaps;
import dev.squall.bpf.abi.PeerMaps;
import dev.squall.bpf.abi.PeerMaps.Entry;
import dev.squall.bpf.abi.PortMap;
import dev.squall.bpf.abi.RuleMap;
import dev.squall.bpf.abi.RunMap;
import dev.squall.bpf.abi.TableMap;
import dev.squall.bpf.libbpf.BpfMap;
import dev.squall.bpf.program.AbleRules;
import dev.squall.bpf.program.FaultRules;
import dev.squall.bpf.program.PeerLists;
import dev.squall.bpf.program.RuleTable;
import dev.squall.bpf.program.WaitPlan;
import dev.squall.experiment.Experiment;
import dev.squall.fault.Delay;
import dev.squall.fault.Fault;
import dev.squall.fault.Jitter;
import dev.squall.fault.NamedDistribution;
import dev.squall.fault.RunIdentity;
import dev.squall.target.Direction;
import dev.squall.target.FlowExtent;
import dev.squall.target.FlowFilter;
import dev.squall.target.IpPrefix;
import dev.squall.target.NamePattern;
import dev.squall.target.Peer;
import dev.squall.target.Peers;
import dev.squall.target.Ports;
import dev.squall.target.Selection;
import dev.squall.target.Target;
import dev.squall.target.TrafficFilter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// One loaded object for every test: what it does lies in its maps, which each trial writes anew,
/// and the verifier takes half a second.
final class SharedProgram {
  private static final int HOSTS = 12_000;
  private static final int PREFIXES = 2_000;
  private static final int NAMES = 20;
  private static final int LAWS = 3;
  private static final Duration TERM = Duration.ofHours(1);

  private static final List<String> ARRAYS =
      List.of(
          RunMap.NAME,
          TableMap.NAME,
          PortMap.NAME,
          RuleMap.NAME,
          CountMap.NAME,
          LineMaps.LINE_NAME,
          LineMaps.GROUPS_NAME,
          LineMaps.WAITING_NAME,
          LineMaps.DELAYS_NAME);

  private static final LoadedProgram PROGRAM = load();

  private static PeerLists peers = new PeerLists(List.of(), List.of(), List.of(), List.of());
  private static List<NameMaps.Entry> names = List.of();
  private static List<NameMaps.Entry> endings = List.of();

  private SharedProgram() {}

  /// With the rules of one trial, and of no other.
  static LoadedProgram armed(RuleTable table, WaitPlan waits) {
    clear();
    peers = table.peers();
    names = table.names();
    endings = table.endings();
    Arming.arm(PROGRAM, table, waits);
    return PROGRAM;
  }

  static JiffiesClock clock() {
    return Arming.clock(PROGRAM);
  }

  private static void clear() {
    PROGRAM.disarm();
    ARRAYS.forEach(name -> PROGRAM.map(name).mmap().fill((byte) 0));
    delete(PROGRAM.map(PeerMaps.HOSTS4_NAME), peers.hosts4(), 0);
    delete(PROGRAM.map(PeerMaps.HOSTS6_NAME), peers.hosts6(), 0);
    delete(PROGRAM.map(PeerMaps.PREFIXES4_NAME), peers.prefixes4(), Integer.BYTES);
    delete(PROGRAM.map(PeerMaps.PREFIXES6_NAME), peers.prefixes6(), Integer.BYTES);
    NameMapEntries.delete(PROGRAM.map(NameMaps.NAMES_NAME), names);
    NameMapEntries.delete(PROGRAM.map(NameMaps.ENDINGS_NAME), endings);
  }

  private static void delete(BpfMap map, List<Entry> entries, int lengthBytes) {
    try (Arena arena = Arena.ofConfined()) {
      for (Entry entry : entries) {
        byte[] address = entry.prefix().address().getAddress();
        MemorySegment key = arena.allocate(lengthBytes + address.length, Integer.BYTES);
        if (lengthBytes > 0) {
          key.set(ValueLayout.JAVA_INT, 0, entry.prefix().length());
        }
        MemorySegment.copy(address, 0, key, ValueLayout.JAVA_BYTE, lengthBytes, address.length);
        map.delete(key);
      }
    }
  }

  /// Large enough for all of them.
  private static LoadedProgram load() {
    List<Fault> faults = new ArrayList<>();
    for (int i = 1; i <= LAWS; i++) {
      Jitter jitter = new Jitter(Duration.ofMillis(1), NamedDistribution.UNIFORM);
      faults.add(new Delay(Duration.ofMillis(i), jitter, true));
    }
    faults.add(Faults.gilbertElliott("1%,1%"));
    WaitPlan waits = WaitPlan.byTime(faults, FaultAbi.SLOTS);
    TrafficFilter traffic =
        new TrafficFilter(
            Direction.BOTH,
            null,
            Ports.ANY,
            new Peers(many(), List.of()),
            new FlowFilter(null, manyNames(), FlowExtent.parse("1"), null),
            Selection.PACKET);
    Experiment experiment =
        new Experiment(null, List.of(new Target.Host("none")), faults, traffic, TERM, 0L);
    RunIdentity identity = new RunIdentity("trial", "a test", 0, false, false, null);
    RuleTable table = AbleRules.of(new FaultRules(experiment, identity, 0, waits));
    return LoadedProgram.load(table, waits, true);
  }

  private static List<Peer> many() {
    return Stream.of(
            numbered(HOSTS, "10.1.%d.%d"),
            numbered(HOSTS, "fd00::%x:%x"),
            numbered(PREFIXES, "10.%d.%d.0/24"),
            numbered(PREFIXES, "fd00:%x:%x::/48"))
        .flatMap(each -> each)
        .map(text -> (Peer) new Peer.Network(IpPrefix.parse(text)))
        .toList();
  }

  private static List<NamePattern> manyNames() {
    return Stream.concat(numbered(NAMES, "x%d.y%d"), numbered(NAMES, "*.x%d.y%d"))
        .map(NamePattern::parse)
        .toList();
  }

  private static Stream<String> numbered(int count, String format) {
    return IntStream.range(0, count).mapToObj(i -> format.formatted(i / 250, i % 250 + 1));
  }
}
