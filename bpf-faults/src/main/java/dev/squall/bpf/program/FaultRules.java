// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.program;

import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.abi.RuleMap;
import dev.squall.bpf.abi.RuleMap.Action;
import dev.squall.bpf.abi.RuleMap.Waits;
import dev.squall.bpf.program.KernelRule.Odds;
import dev.squall.bpf.program.Match.Flags;
import dev.squall.bpf.program.Match.Names;
import dev.squall.bpf.program.Match.Part;
import dev.squall.experiment.Experiment;
import dev.squall.fault.ByShare;
import dev.squall.fault.Corrupt;
import dev.squall.fault.CorruptMode;
import dev.squall.fault.Delay;
import dev.squall.fault.DnsFailure;
import dev.squall.fault.Fault;
import dev.squall.fault.FlowExemption;
import dev.squall.fault.Rate;
import dev.squall.fault.Reset;
import dev.squall.fault.RunIdentity;
import dev.squall.target.Direction;
import dev.squall.target.FlowExtent;
import dev.squall.target.IpPrefix;
import dev.squall.target.Peer;
import dev.squall.target.PortRange;
import dev.squall.target.Ports;
import dev.squall.target.Selection;
import dev.squall.target.TcpFlag;
import dev.squall.target.TrafficFilter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules that an experiment becomes on one interface.
public final class FaultRules {
  private static final int DNS_PORT = 53;

  private final Experiment experiment;
  private final RunIdentity identity;
  private final int target;
  private final WaitPlan waits;

  /// The rules of one target.
  ///
  /// @param target index of the target, so that no two decide alike
  /// @param waits where the experiment's delays wait
  public FaultRules(Experiment experiment, RunIdentity identity, int target, WaitPlan waits) {
    this.experiment = experiment;
    this.identity = identity;
    this.target = target;
    this.waits = waits;
  }

  RuleTable.Extent extent() {
    Integer flows = experiment.budget().flows();
    return new RuleTable.Extent(
        flows == null ? 0 : flows, identity.everyHit(), Features.of(experiment));
  }

  /// In the order of the faults, egress before ingress; exemptions last.
  List<KernelRule> rules() {
    List<KernelRule> rules = new ArrayList<>();
    for (int fault = 0; fault < experiment.faults().size(); fault++) {
      for (int direction = 0; direction < FaultAbi.DIRECTIONS; direction++) {
        if (works(experiment.faults().get(fault), direction)) {
          rules.add(rule(fault, direction));
        }
      }
    }
    for (int direction = 0; direction < FaultAbi.DIRECTIONS; direction++) {
      addExemptions(rules, direction);
      addWatch(rules, direction);
    }
    return rules;
  }

  /// An exemption in each direction: rules that do nothing.
  static List<KernelRule> everywhere() {
    Match all = Match.of(Match.ANY_PROTOCOL, List.of(), Ports.ANY);
    return List.of(exemption(FaultAbi.EGRESS, all), exemption(FaultAbi.INGRESS, all));
  }

  private boolean works(Fault fault, int direction) {
    return experiment
        .directionOf(fault)
        .includes(direction == FaultAbi.EGRESS ? Direction.EGRESS : Direction.INGRESS);
  }

  private KernelRule rule(int index, int direction) {
    Fault fault = experiment.faults().get(index);
    Effect effect = Effect.of(fault);
    boolean perFlow = experiment.traffic().selection() == Selection.FLOW;
    long key =
        DecisionKey.of(identity.seed(), target, index, perFlow ? FaultAbi.EGRESS : direction);
    Action action =
        new Action(effect.kind(), flags(fault, effect.law()), effect.mode(), waits.of(fault));
    Odds odds = new Odds(key, effect.law());
    return new KernelRule(index, direction, effect.stage(), match(fault, direction), action, odds);
  }

  private int flags(Fault fault, Law law) {
    boolean keepsOrder = fault instanceof Delay delay && delay.keepOrder();
    return (experiment.traffic().selection() == Selection.FLOW ? RuleMap.PER_FLOW : 0)
        | (identity.dryRun() ? RuleMap.DRY_RUN : 0)
        | (needsSegments(fault) && !identity.dryRun() ? RuleMap.PER_SEGMENT : 0)
        | (fault instanceof ByShare && law.chain() == null ? RuleMap.BY_SHARE : 0)
        | (keepsOrder ? RuleMap.KEEP_ORDER : 0)
        | bytes(experiment.traffic().flows().after(), RuleMap.AFTER_BYTES)
        | bytes(experiment.traffic().flows().first(), RuleMap.FIRST_BYTES);
  }

  private static int bytes(@Nullable FlowExtent extent, int flag) {
    return extent != null && extent.unit() == FlowExtent.Unit.BYTES ? flag : 0;
  }

  /// A bit that is flipped before the checksum is finished goes unnoticed; and a slow line sends
  /// segments one by one.
  private boolean needsSegments(Fault fault) {
    return experiment.traffic().selection() == Selection.SEGMENT
        || (fault instanceof Rate rate && rate.needsSegments())
        || (fault instanceof Corrupt corrupt && corrupt.mode() == CorruptMode.DETECTABLE);
  }

  private Match match(Fault fault, int direction) {
    Match match = match();
    return switch (fault) {
      case Reset _ -> butResets(match);
      case DnsFailure failure -> answers(failure, direction, match);
      default -> match;
    };
  }

  /// A RST is not answered by another: both ends would go on for ever.
  private static Match butResets(Match match) {
    Flags flags = match.flags().butClear(TcpFlag.RST);
    return new Match(
        Match.TCP_ONLY, match.peers(), match.ports(), flags, match.names(), match.part());
  }

  /// Of a name server: from port 53, unless ports are asked for.
  private static Match answers(DnsFailure failure, int direction, Match match) {
    List<PortRange> domain = List.of(new PortRange(DNS_PORT, DNS_PORT));
    Ports ports =
        direction == FaultAbi.EGRESS ? new Ports(domain, List.of()) : new Ports(List.of(), domain);
    return new Match(
        Match.UDP_ONLY,
        match.peers(),
        match.asksForPorts() ? match.ports() : ports,
        match.flags(),
        Names.questions(failure.names()),
        match.part());
  }

  private Match match() {
    TrafficFilter traffic = experiment.traffic();
    List<IpPrefix> peers = new ArrayList<>();
    for (Peer peer : traffic.peers().included()) {
      switch (peer) {
        case Peer.Network network -> peers.add(network.prefix());
        case Peer.HostName host ->
            throw new IllegalArgumentException(host.name() + " has not been resolved");
      }
    }
    int protocols = Match.protocols(traffic.protocol());
    Names names = Names.servers(traffic.flows().serverNames());
    Flags flags = Flags.of(traffic.flows().tcpFlags());
    return new Match(
        names.equals(Names.ANY) ? protocols : Match.TCP_ONLY,
        peers,
        traffic.ports(),
        flags,
        names,
        Part.of(traffic.flows()));
  }

  /// A server may be named in the direction in which nothing is hit.
  private void addWatch(List<KernelRule> rules, int direction) {
    boolean hits =
        rules.stream().anyMatch(rule -> rule.direction() == direction && !rule.exempts());
    if (!hits && !experiment.traffic().flows().serverNames().isEmpty()) {
      Match match = match();
      rules.add(
          exemption(
              direction,
              new Match(
                  match.protocols(),
                  match.peers(),
                  match.ports(),
                  Flags.ANY,
                  match.names(),
                  Part.ALL)));
    }
  }

  private void addExemptions(List<KernelRule> rules, int direction) {
    if (rules.stream().noneMatch(rule -> !rule.exempts() && rule.direction() == direction)) {
      return;
    }
    List<IpPrefix> excluded = experiment.traffic().peers().excluded();
    if (!excluded.isEmpty()) {
      rules.add(exemption(direction, Match.of(Match.ANY_PROTOCOL, excluded, Ports.ANY)));
    }
    FlowExemption flow = identity.exemption();
    if (flow != null) {
      rules.add(exemption(direction, match(flow)));
    }
  }

  private static Match match(FlowExemption flow) {
    Ports ports =
        new Ports(
            List.of(new PortRange(flow.localPort(), flow.localPort())),
            List.of(new PortRange(flow.peerPort(), flow.peerPort())));
    return Match.of(Match.TCP_ONLY, List.of(IpPrefix.host(flow.peer())), ports);
  }

  private static KernelRule exemption(int direction, Match match) {
    Action action = new Action(RuleMap.EXEMPT, 0, 0, Waits.NOWHERE);
    int stage = FaultAbi.STAGE_LOSE;
    Odds odds = new Odds(0, Law.ALWAYS);
    return new KernelRule(KernelRule.EXEMPTION, direction, stage, match, action, odds);
  }
}
