// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import dev.squall.bpf.abi.AuditRing;
import dev.squall.bpf.abi.CountMap;
import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.abi.RunMap;
import dev.squall.bpf.attach.AttachPoint;
import dev.squall.bpf.attach.Attachments;
import dev.squall.bpf.libbpf.BpfProgram;
import dev.squall.bpf.libbpf.Hook;
import dev.squall.bpf.line.DelayLine;
import dev.squall.bpf.line.DelayLines;
import dev.squall.bpf.line.Site;
import dev.squall.bpf.line.Splitter;
import dev.squall.bpf.linux.OwnProcess;
import dev.squall.bpf.program.DecisionKey;
import dev.squall.bpf.program.FaultRules;
import dev.squall.bpf.program.RuleTable;
import dev.squall.experiment.Experiment;
import dev.squall.fault.AttachedInterface;
import dev.squall.fault.ByShare;
import dev.squall.fault.Counters;
import dev.squall.fault.DelayHistogram;
import dev.squall.fault.Fault;
import dev.squall.fault.HitPacket;
import dev.squall.fault.PacketCount;
import dev.squall.fault.RuleReport;
import dev.squall.fault.RunIdentity;
import dev.squall.fault.SparedPackets;
import dev.squall.target.Direction;
import dev.squall.target.TcpFlag;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One experiment on one interface: its programs loaded and attached, with the device they need.
final class InterfaceInjection implements AutoCloseable {
  private final LocatedTarget target;
  private final AttachedInterface where;
  private final List<Fault> faults;
  private final DelayLine line;
  private final List<RuleTable.Place> places;
  private final List<Integer> exemptions;
  private final boolean asksForServers;
  private final LoadedProgram program;
  private final JiffiesClock clock;
  private final Attachments attachments = new Attachments();
  private @Nullable Splitter splitter;
  private long unrecorded;

  private InterfaceInjection(
      LocatedTarget target, List<Fault> faults, DelayLine line, RuleTable table) {
    this.target = target;
    this.where =
        new AttachedInterface(
            target.target(), target.link().name(), target.link().type().hasEthernetHeader());
    this.faults = faults;
    this.line = line;
    // Not the table itself: it may have thousands of peers, for each of a hundred pods.
    this.places = table.places();
    this.exemptions = table.exemptions();
    this.asksForServers = table.asksForServers();
    this.program = LoadedProgram.load(table, line.plan(), line.hasFar());
    this.clock = JiffiesClock.calibrate(program.program("squall_clock"), program.run());
  }

  /// Loads and attaches, disarmed. When something fails, all that was made is removed.
  ///
  /// @param number of the target in the experiment
  static InterfaceInjection prepare(
      LocatedTarget target,
      AttachPoint attachPoint,
      Experiment experiment,
      RunIdentity identity,
      int number) {
    int owner = Owners.unused();
    Site site = new Site(target.namespace(), attachPoint, owner);
    List<Fault> waiting = identity.dryRun() ? List.of() : experiment.faults();
    DelayLine line = DelayLines.open(site, target.link(), waiting);
    InterfaceInjection injection;
    RuleTable table;
    try {
      table = new RuleTable(new FaultRules(experiment, identity, number, line.plan()));
      injection = new InterfaceInjection(target, experiment.faults(), line, table);
    } catch (RuntimeException | Error e) {
      line.close();
      throw e;
    }
    try {
      injection.write(table, identity, owner);
      injection.attach(table, site);
    } catch (RuntimeException | Error e) {
      injection.close();
      throw e;
    }
    return injection;
  }

  private void write(RuleTable table, RunIdentity identity, int owner) {
    program.write(table, line.plan(), target.linkHeader());
    RunMap.Identity who =
        new RunMap.Identity(
            owner,
            OwnProcess.PID,
            OwnProcess.START_TIME,
            target.link().index(),
            target.namespace().inode(),
            target.place());
    program.identify(who, identity.id(), identity.command());
  }

  /// The ways back from the devices first, then the hooks that send packets there.
  private void attach(RuleTable table, Site site) {
    line.connect(program::program, program::map);
    if (table.splits()) {
      splitter = Splitter.open(site, target.link());
      splitter.connect(program::program, program.run());
    }
    AttachPoint attachPoint = site.attachPoint();
    if (table.needs(FaultAbi.EGRESS)) {
      attach(attachPoint, "squall_egress", Hook.EGRESS);
    }
    if (table.needs(FaultAbi.INGRESS)) {
      attach(attachPoint, "squall_ingress", Hook.INGRESS);
    }
  }

  private void attach(AttachPoint attachPoint, String name, Hook hook) {
    BpfProgram hooked = program.program(name);
    int ifindex = target.link().index();
    attachments.add(target.namespace().call(() -> attachPoint.attach(hooked, ifindex, hook)));
  }

  LoadedProgram program() {
    return program;
  }

  JiffiesClock clock() {
    return clock;
  }

  boolean isAttached() {
    return attachments.areAttached();
  }

  AttachedInterface where() {
    return where;
  }

  List<String> notes() {
    return Stream.of(line.note(), splitter == null ? "" : splitter.note())
        .filter(note -> !note.isEmpty())
        .toList();
  }

  List<RuleReport> report() {
    return places.stream().map(this::report).toList();
  }

  List<SparedPackets> spared() {
    return exemptions.stream()
        .map(
            index ->
                new SparedPackets(
                    direction(index / FaultAbi.RULES), program.counts(index).matched().packets()))
        .toList();
  }

  /// How many since the last call were to be recorded and were not.
  long drainHits(Consumer<HitPacket> hits) {
    program.drainHits(event -> hits.accept(hitPacket(event)));
    long before = unrecorded;
    unrecorded = program.unrecorded();
    return unrecorded - before;
  }

  private HitPacket hitPacket(AuditRing.Event event) {
    AuditRing.Shape shape = event.shape();
    return new HitPacket(
        clock.wallClock(event.timeNanos()),
        faults.get(faultOf(event.rule())),
        direction(event.rule() / FaultAbi.RULES),
        where,
        new HitPacket.Frame(
            end(event.source()),
            end(event.destination()),
            shape.bytes(),
            shape.segments(),
            shape.protocol(),
            TcpFlag.of(shape.tcpFlags())),
        event.capture());
  }

  private int faultOf(int rule) {
    return places.stream()
        .filter(place -> place.index() == rule)
        .mapToInt(RuleTable.Place::fault)
        .findFirst()
        .orElseThrow();
  }

  private static HitPacket.End end(AuditRing.End end) {
    return new HitPacket.End(end.address(), end.port());
  }

  private static Direction direction(int direction) {
    return direction == FaultAbi.EGRESS ? Direction.EGRESS : Direction.INGRESS;
  }

  private RuleReport report(RuleTable.Place place) {
    CountMap.Counts counts = program.counts(place.index());
    return new RuleReport(
        asItIs(faults.get(place.fault()), place.index()),
        direction(place.direction()),
        target.target(),
        target.link().name(),
        counters(counts),
        line.plan().isEmpty()
            ? DelayHistogram.EMPTY
            : new DelayHistogram(program.delays(place.index())));
  }

  /// Another process may have changed its share.
  private Fault asItIs(Fault fault, int index) {
    if (!(fault instanceof ByShare byShare)) {
      return fault;
    }
    long threshold = program.threshold(index);
    return threshold == DecisionKey.threshold(byShare.probability().fraction())
        ? fault
        : byShare.withShare(DecisionKey.share(threshold));
  }

  private Counters counters(CountMap.Counts counts) {
    return new Counters(
        new PacketCount(counts.matched().packets(), counts.matched().segments()),
        new PacketCount(counts.hit().packets(), counts.hit().segments()),
        counts.hitBytes(),
        new Counters.Others(
            counts.overflow(), counts.marked(), asksForServers ? program.run().nameless() : 0),
        span(counts.ticks()));
  }

  private Counters.@Nullable Span span(CountMap.Ticks ticks) {
    return ticks.first() == 0
        ? null
        : new Counters.Span(clock.instant(ticks.first()), clock.instant(ticks.last()));
  }

  /// Waits for what is still on its way, then takes everything away.
  @Override
  public void close() {
    try (LoadedProgram _ = program;
        DelayLine _ = line;
        Splitter _ = splitter;
        Attachments _ = attachments) {
      program.disarm();
      line.drain();
      if (splitter != null) {
        splitter.drain();
      }
    }
  }
}
