// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import dev.squall.bpf.abi.AuditRing;
import dev.squall.bpf.abi.ChainMap;
import dev.squall.bpf.abi.CopyMap;
import dev.squall.bpf.abi.CountMap;
import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.abi.LineMaps;
import dev.squall.bpf.abi.NameMaps;
import dev.squall.bpf.abi.PeerMaps;
import dev.squall.bpf.abi.PortMap;
import dev.squall.bpf.abi.RuleMap;
import dev.squall.bpf.abi.RunMap;
import dev.squall.bpf.abi.TableMap;
import dev.squall.bpf.libbpf.BpfMap;
import dev.squall.bpf.libbpf.BpfObject;
import dev.squall.bpf.libbpf.BpfProgram;
import dev.squall.bpf.program.PeerLists;
import dev.squall.bpf.program.PortTables;
import dev.squall.bpf.program.RuleTable;
import dev.squall.bpf.program.WaitPlan;
import dev.squall.fault.FaultException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// The BPF object of one interface: loaded, its tables written, not attached to anything.
final class LoadedProgram implements AutoCloseable {
  static final String OBJECT = "squall.bpf.o";

  private static final String FEATURES = ".rodata.features";
  private static final int ONLY_EXPERIMENT = 0;
  private static final int FLOWS = 65536;
  private static final int RULES = FaultAbi.DIRECTIONS * FaultAbi.RULES;

  /// Not needed in memory once they are written.
  private static final List<String> WRITTEN_ONCE =
      List.of(
          RuleMap.NAME,
          ChainMap.NAME,
          TableMap.NAME,
          PortMap.NAME,
          LineMaps.GROUPS_NAME,
          LineMaps.SHAPES_NAME);

  private final BpfObject object;
  private final RunMap run;
  private final CountMap counts;
  private final AuditRing audit;

  private LoadedProgram(BpfObject object) {
    this.object = object;
    this.run = new RunMap(object.map(RunMap.NAME).mmap());
    this.counts = new CountMap(object.map(CountMap.NAME).mmap());
    this.audit = new AuditRing(object.map(AuditRing.NAME));
  }

  /// Loads what is needed of the object, with maps that are just large enough.
  ///
  /// @param waits what its delay device will hold, empty when there is none
  /// @param hasFar whether packets wait on a device of ours in our own namespace
  static LoadedProgram load(RuleTable table, WaitPlan waits, boolean hasFar) {
    BpfObject object = BpfObject.open(Image.BYTES, "squall");
    try {
      object.map(FEATURES).setConstant(table.features());
      sizePeers(object, table.peers());
      size(object, NameMaps.NAMES_NAME, table.names().size());
      size(object, NameMaps.ENDINGS_NAME, table.endings().size());
      sizeLine(object, waits, table.most());
      sizeMemory(object, table);
      object.program("squall_egress").setAutoload(table.needs(FaultAbi.EGRESS));
      object.program("squall_ingress").setAutoload(table.needs(FaultAbi.INGRESS));
      object.program("squall_near").setAutoload(hasFar || !waits.isEmpty());
      object.program("squall_far").setAutoload(hasFar);
      object.program("squall_mirror").setAutoload(table.splits());
      object.program("squall_back").setAutoload(table.splits());
      object.load();
      return new LoadedProgram(object);
    } catch (RuntimeException | Error e) {
      object.close();
      throw e;
    }
  }

  private static void sizePeers(BpfObject object, PeerLists peers) {
    size(object, PeerMaps.HOSTS4_NAME, peers.hosts4().size());
    size(object, PeerMaps.HOSTS6_NAME, peers.hosts6().size());
    size(object, PeerMaps.PREFIXES4_NAME, peers.prefixes4().size());
    size(object, PeerMaps.PREFIXES6_NAME, peers.prefixes6().size());
  }

  /// @param rules of one direction
  private static void sizeLine(BpfObject object, WaitPlan waits, int rules) {
    size(object, LineMaps.GROUPS_NAME, waits.groups().size());
    size(object, LineMaps.SHAPES_NAME, waits.shapes().size());
    size(object, LineMaps.WAITING_NAME, waits.slots());
    size(object, LineMaps.DELAYS_NAME, waits.isEmpty() ? 1 : rules * FaultAbi.DIRECTIONS);
  }

  private static void sizeMemory(BpfObject object, RuleTable table) {
    size(object, "squall_order", table.keepsOrder() ? FLOWS : 1);
    size(object, "squall_flows", table.remembersFlows() ? FLOWS : 1);
    size(object, "squall_courses", table.asksForPlaces() ? FLOWS : 1);
    size(object, "squall_sessions", table.asksForServers() ? FLOWS : 1);
    size(object, "squall_spent", table.mostFlows());
    size(object, ChainMap.NAME, table.hasChains() ? RULES : 1);
    size(object, CopyMap.NAME, table.sendsBack() ? FaultAbi.COPIES : 1);
    if (table.recordsEveryHit()) {
      size(object, AuditRing.NAME, AuditRing.EVERY_HIT_BYTES);
    }
  }

  private static void size(BpfObject object, String map, int entries) {
    object.map(map).setMaxEntries(Math.max(1, entries));
  }

  /// Writes the tables. Nothing happens yet: nothing is armed.
  void write(RuleTable table, WaitPlan waits, int linkHeader) {
    writePeers(table.peers());
    NameMaps.write(object.map(NameMaps.NAMES_NAME), table.names());
    NameMaps.write(object.map(NameMaps.ENDINGS_NAME), table.endings());
    if (table.asksForPorts()) {
      writePorts(table.ports());
    }
    table.writeRules(new RuleMap(object.map(RuleMap.NAME).mmap()), ONLY_EXPERIMENT);
    table.writeChains(new ChainMap(object.map(ChainMap.NAME).mmap()));
    for (int direction = 0; direction < FaultAbi.DIRECTIONS; direction++) {
      TableMap map = new TableMap(object.map(TableMap.NAME).mmap(), direction);
      table.writeTable(map, direction, linkHeader);
    }
    writeWaits(waits);
    WRITTEN_ONCE.forEach(name -> object.map(name).unmap());
  }

  private void writePorts(PortTables ports) {
    ports.writePorts(new PortMap(object.map(PortMap.NAME).mmap()));
    for (int direction = 0; direction < FaultAbi.DIRECTIONS; direction++) {
      ports.writeClasses(new TableMap(object.map(TableMap.NAME).mmap(), direction), direction);
    }
  }

  private void writePeers(PeerLists peers) {
    PeerMaps.write(object.map(PeerMaps.HOSTS4_NAME), peers.hosts4(), true);
    PeerMaps.write(object.map(PeerMaps.HOSTS6_NAME), peers.hosts6(), true);
    PeerMaps.write(object.map(PeerMaps.PREFIXES4_NAME), peers.prefixes4(), false);
    PeerMaps.write(object.map(PeerMaps.PREFIXES6_NAME), peers.prefixes6(), false);
  }

  private void writeWaits(WaitPlan waits) {
    for (int i = 0; i < waits.groups().size(); i++) {
      LineMaps.setGroup(object.map(LineMaps.GROUPS_NAME).mmap(), i, waits.groups().get(i));
    }
    for (int i = 0; i < waits.shapes().size(); i++) {
      LineMaps.setShape(object.map(LineMaps.SHAPES_NAME).mmap(), i, waits.shapes().get(i));
    }
  }

  /// Names the run in the registry.
  void identify(RunMap.Identity identity, String id, String command) {
    run.setIdentity(identity);
    run.setExperiment(ONLY_EXPERIMENT, id, command);
  }

  void setWindow(long notBefore, long deadline) {
    run.setWindow(ONLY_EXPERIMENT, notBefore, deadline);
  }

  void setDeadline(long deadline) {
    run.setDeadline(ONLY_EXPERIMENT, deadline);
  }

  void arm() {
    run.setArmed(1L << ONLY_EXPERIMENT);
  }

  void disarm() {
    run.setArmed(0);
  }

  /// GOES_ON of `RunMap`, or why the kernel has ended it.
  int stopped() {
    return run.stopped(ONLY_EXPERIMENT);
  }

  void setLimits(RunMap.Limits limits) {
    run.setLimits(ONLY_EXPERIMENT, limits);
  }

  RunMap run() {
    return run;
  }

  CountMap.Counts counts(int rule) {
    return counts.read(rule);
  }

  /// What the draws of a rule have to be below.
  long threshold(int rule) {
    return RuleMap.threshold(object.map(RuleMap.NAME), rule);
  }

  /// Buckets of the delays of a rule.
  long[] delays(int rule) {
    return LineMaps.histogram(object.map(LineMaps.DELAYS_NAME), rule);
  }

  /// Hands over the hits that were recorded since the last call.
  void drainHits(Consumer<AuditRing.Event> hits) {
    audit.drain(hits);
  }

  /// Hits of all rules that were to be recorded and were not, where every hit is.
  long unrecorded() {
    return IntStream.range(0, RULES).mapToLong(counts::unrecorded).sum();
  }

  BpfProgram program(String name) {
    return object.program(name);
  }

  BpfMap map(String name) {
    return object.map(name);
  }

  @Override
  public void close() {
    audit.close();
    object.close();
  }

  /// Read once: whoever injects into many pods would fill the heap with copies.
  private static final class Image {
    static final byte[] BYTES = read();

    private static byte[] read() {
      try (InputStream in = LoadedProgram.class.getResourceAsStream(OBJECT)) {
        if (in == null) {
          throw new FaultException(
              FaultException.Kind.INTERNAL, OBJECT + " is not in this build: build it with clang");
        }
        return in.readAllBytes();
      } catch (IOException e) {
        throw new FaultException(FaultException.Kind.INTERNAL, "cannot read " + OBJECT, e);
      }
    }
  }
}
