// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.program;

import dev.squall.bpf.abi.ChainMap;
import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.abi.NameMaps;
import dev.squall.bpf.abi.RuleMap;
import dev.squall.bpf.abi.TableMap;
import dev.squall.bpf.program.Match.Names;
import dev.squall.fault.FaultException;
import dev.squall.target.IpPrefix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// The rules of one interface, each with its bit, and the tables that follow from them.
public final class RuleTable {
  /// One hit in 256 is recorded, the first included.
  private static final int SAMPLE = 0xff;

  private static final int EVERY_HIT = 0;

  private final List<List<KernelRule>> rules = List.of(new ArrayList<>(), new ArrayList<>());
  private final PeerTables peers4 = new PeerTables();
  private final PeerTables peers6 = new PeerTables();
  private final NameTables names = new NameTables();
  private final Extent extent;

  /// @throws FaultException when one direction has more rules than there are bits
  public RuleTable(FaultRules faults) {
    this(faults.rules(), faults.extent());
  }

  /// One of given rules.
  ///
  /// @param all of both directions, in the order in which they get their bits
  /// @param extent of what is kept besides the rules
  RuleTable(List<KernelRule> all, Extent extent) {
    this.extent = extent;
    for (KernelRule rule : all) {
      List<KernelRule> direction = rules.get(rule.direction());
      if (direction.size() == FaultAbi.RULES) {
        throw new FaultException(
            FaultException.Kind.USER,
            "more than %d rules in one direction of one interface: use fewer faults"
                .formatted(FaultAbi.RULES));
      }
      Masks mask = Masks.of(rule.direction(), direction.size());
      addPeers(rule, mask);
      rule.match().names().patterns().forEach(pattern -> names.add(pattern, mask));
      direction.add(rule);
    }
  }

  /// One that needs every hook, for trying whether the programs load.
  public static RuleTable everywhere() {
    return new RuleTable(FaultRules.everywhere(), Extent.LEAST);
  }

  /// What is kept besides the rules.
  ///
  /// @param mostFlows that may be hit, 0 for any number
  /// @param everyHit whether each hit is recorded, instead of a sample
  /// @param features that are needed, of `FaultAbi`
  record Extent(int mostFlows, boolean everyHit, int features) {
    static final Extent LEAST = new Extent(0, false, FaultAbi.FEATURE_ALL);
  }

  /// What the programs have to be able to do, of `FaultAbi`.
  public int features() {
    return extent.features();
  }

  /// How many flows may be hit, 0 for any number.
  public int mostFlows() {
    return extent.mostFlows();
  }

  /// A rule that stands for a fault.
  ///
  /// @param index in `squall_rules` and `squall_counts`
  public record Place(int index, int fault, int direction) {}

  /// In the order of the faults, egress before ingress.
  public List<Place> places() {
    return indices(rule -> !rule.exempts())
        .mapToObj(index -> new Place(index, at(index).fault(), index / FaultAbi.RULES))
        .sorted(Comparator.comparingInt(Place::fault))
        .toList();
  }

  /// The rules that spare packets, by their indices in `squall_rules` and `squall_counts`.
  public List<Integer> exemptions() {
    return indices(KernelRule::exempts).boxed().toList();
  }

  private KernelRule at(int index) {
    return rules.get(index / FaultAbi.RULES).get(index % FaultAbi.RULES);
  }

  private IntStream indices(Predicate<KernelRule> which) {
    return IntStream.range(0, FaultAbi.DIRECTIONS * FaultAbi.RULES)
        .filter(index -> index % FaultAbi.RULES < rules.get(index / FaultAbi.RULES).size())
        .filter(index -> which.test(at(index)));
  }

  /// Whether a hook has anything to do. Answers to packets of the other direction pass it too, and
  /// get their mark taken off there.
  public boolean needs(int direction) {
    return !rules.get(direction).isEmpty() || answers();
  }

  /// How many rules the direction has that has more of them.
  public int most() {
    return rules.stream().mapToInt(List::size).max().orElse(0);
  }

  /// Whether a rule knows more about a flow than a hash of its ends can tell.
  public boolean remembersFlows() {
    return any(
        rule -> rule.odds().law().remembers() && (rule.action().flags() & RuleMap.PER_FLOW) != 0);
  }

  /// Whether packets pass the hook once more.
  public boolean sendsBack() {
    return splits() || any(rule -> rule.stage() == FaultAbi.STAGE_MULTIPLY);
  }

  /// Whether packets are split before they are decided on.
  public boolean splits() {
    return any(RuleTable::decidesOnSegments);
  }

  private static boolean decidesOnSegments(KernelRule rule) {
    return (rule.action().flags() & RuleMap.PER_SEGMENT) != 0;
  }

  public boolean recordsEveryHit() {
    return extent.everyHit();
  }

  public boolean keepsOrder() {
    return any(rule -> (rule.action().flags() & RuleMap.KEEP_ORDER) != 0);
  }

  /// Whether a rule sends packets of its own the other way.
  private boolean answers() {
    return any(rule -> rule.stage() == FaultAbi.STAGE_SEVER);
  }

  private boolean any(Predicate<KernelRule> which) {
    return rules.stream().flatMap(List::stream).anyMatch(which);
  }

  public PeerLists peers() {
    return new PeerLists(peers4.hosts(), peers4.prefixes(), peers6.hosts(), peers6.prefixes());
  }

  private void addPeers(KernelRule rule, Masks mask) {
    for (IpPrefix peer : rule.match().peers()) {
      (peer.address().getAddress().length == 4 ? peers4 : peers6).add(peer, mask);
    }
  }

  /// What each rule does and how it decides.
  ///
  /// @param experiment index in `squall_run`
  public void writeRules(RuleMap map, int experiment) {
    int auditMask = extent.everyHit() ? EVERY_HIT : SAMPLE;
    for (int index : indices(_ -> true).toArray()) {
      KernelRule rule = at(index);
      long clears = rule.exempts() ? mask(index / FaultAbi.RULES, other -> !other.exempts()) : 0;
      rule.write(map, index, experiment, rule.decision(clears, auditMask));
    }
  }

  /// What names begin with.
  public List<NameMaps.Entry> names() {
    return names.names();
  }

  /// What names end with, backwards.
  public List<NameMaps.Entry> endings() {
    return names.endings();
  }

  /// Whether a rule asks where in its flow a packet is.
  public boolean asksForPlaces() {
    return any(RuleTable::asksForPlace);
  }

  private static boolean asksForPlace(KernelRule rule) {
    return !rule.match().part().equals(Match.Part.ALL);
  }

  /// Whether a rule asks for the name of a TLS server.
  public boolean asksForServers() {
    return any(rule -> asksFor(rule, Names.Place.SERVER));
  }

  private static boolean asksFor(KernelRule rule, Names.Place place) {
    return rule.match().names().place() == place;
  }

  public boolean hasChains() {
    return any(rule -> rule.odds().law().chain() != null);
  }

  /// The Markov chains, where there are any.
  public void writeChains(ChainMap map) {
    indices(_ -> true).forEach(index -> at(index).odds().law().writeChain(map, index));
  }

  /// All but the mask of the rules in force, which comes last.
  public void writeTable(TableMap map, int direction, int linkHeader) {
    map.setExempting(mask(direction, KernelRule::exempts));
    for (int stage = 0; stage < FaultAbi.STAGES; stage++) {
      int wanted = stage;
      map.setStage(stage, mask(direction, rule -> !rule.exempts() && rule.stage() == wanted));
    }
    map.setPerSegment(mask(direction, RuleTable::decidesOnSegments));
    map.setFlows(
        mask(direction, rule -> asksFor(rule, Names.Place.QUESTION)),
        mask(direction, rule -> asksFor(rule, Names.Place.SERVER)),
        mask(direction, RuleTable::asksForPlace));
    for (int protocol = 0; protocol < FaultAbi.PROTOCOLS; protocol++) {
      int bit = 1 << protocol;
      map.setProtocol(protocol, mask(direction, rule -> (rule.match().protocols() & bit) != 0));
    }
    map.setIndifferent(
        mask(direction, rule -> rule.match().peers().isEmpty()),
        mask(direction, rule -> !rule.match().asksForPorts()),
        mask(direction, rule -> rule.match().flags().isAny()));
    for (int flags = 0; flags < 256; flags++) {
      int value = flags;
      map.setTcpFlags(flags, mask(direction, rule -> rule.match().flags().accepts(value)));
    }
    map.setLinkHeader(linkHeader);
    map.setAxes(axes(direction));
    map.publishRules(mask(direction, _ -> true));
  }

  public boolean asksForPorts() {
    return any(rule -> rule.match().asksForPorts());
  }

  /// Ports are classed for both directions together, as they share the map.
  public PortTables ports() {
    PortClasses peer = new PortClasses();
    PortClasses local = new PortClasses();
    for (int direction = 0; direction < FaultAbi.DIRECTIONS; direction++) {
      for (int bit = 0; bit < rules.get(direction).size(); bit++) {
        KernelRule rule = rules.get(direction).get(bit);
        peer.add(rule.match().ports().peer(), Masks.of(direction, bit));
        local.add(rule.match().ports().local(), Masks.of(direction, bit));
      }
    }
    peer.assign(masks(rule -> rule.match().ports().peer().isEmpty()));
    local.assign(masks(rule -> rule.match().ports().local().isEmpty()));
    return new PortTables(peer, local);
  }

  private int axes(int direction) {
    PeerLists lists = peers();
    return (lists.hosts4().isEmpty() ? 0 : FaultAbi.AXIS_HOST4)
        | (lists.prefixes4().isEmpty() ? 0 : FaultAbi.AXIS_PREFIX4)
        | (lists.hosts6().isEmpty() ? 0 : FaultAbi.AXIS_HOST6)
        | (lists.prefixes6().isEmpty() ? 0 : FaultAbi.AXIS_PREFIX6)
        | axis(direction, FaultAbi.AXIS_PEER_PORT, m -> !m.ports().peer().isEmpty())
        | axis(direction, FaultAbi.AXIS_LOCAL_PORT, m -> !m.ports().local().isEmpty())
        | axis(direction, FaultAbi.AXIS_TCP_FLAGS, m -> !m.flags().isAny());
  }

  private int axis(int direction, int axis, Predicate<Match> asks) {
    return mask(direction, rule -> asks.test(rule.match())) == 0 ? 0 : axis;
  }

  private Masks masks(Predicate<KernelRule> which) {
    return new Masks(mask(FaultAbi.EGRESS, which), mask(FaultAbi.INGRESS, which));
  }

  private long mask(int direction, Predicate<KernelRule> which) {
    long mask = 0;
    for (int bit = 0; bit < rules.get(direction).size(); bit++) {
      if (which.test(rules.get(direction).get(bit))) {
        mask |= 1L << bit;
      }
    }
    return mask;
  }
}
