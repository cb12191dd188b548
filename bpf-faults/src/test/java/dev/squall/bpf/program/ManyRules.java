// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.program;

import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.abi.RuleMap;
import dev.squall.bpf.abi.RuleMap.Action;
import dev.squall.bpf.abi.RuleMap.Waits;
import dev.squall.bpf.program.KernelRule.Odds;
import dev.squall.bpf.program.Match.Flags;
import dev.squall.target.IpPrefix;
import dev.squall.target.PortRange;
import dev.squall.target.Ports;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/// Rules that one experiment alone would not make, each with a match of its own, and a slow and
/// plain way to say which of them a packet satisfies. They only count.
public final class ManyRules {
  private static final Odds ALWAYS = new Odds(0, Law.ALWAYS);
  private static final Action COUNT = new Action(RuleMap.LOSS, RuleMap.DRY_RUN, 0, Waits.NOWHERE);
  private static final Action SPARE = new Action(RuleMap.EXEMPT, 0, 0, Waits.NOWHERE);
  private static final int[] LENGTHS = {0, 1, 7, 8, 12, 15, 16, 17, 24, 31, 32};

  private final List<KernelRule> rules = new ArrayList<>();

  private ManyRules() {}

  /// Rule n of each direction is for peer port 1000 + n.
  public static ManyRules eachOnItsOwnPort() {
    ManyRules many = new ManyRules();
    for (int bit = 0; bit < FaultAbi.RULES; bit++) {
      PortRange port = new PortRange(1000 + bit, 1000 + bit);
      Match match = Match.of(Match.ANY_PROTOCOL, List.of(), new Ports(List.of(), List.of(port)));
      many.add(FaultAbi.EGRESS, match, bit);
      many.add(FaultAbi.INGRESS, match, bit);
    }
    return many;
  }

  /// Up to 64 rules in each direction, in a world of few addresses and ports, so that many match.
  ///
  /// @param sparing whether one in sixteen takes its packets away from the others
  public static ManyRules random(RandomGenerator random, boolean sparing) {
    ManyRules many = new ManyRules();
    for (int direction = 0; direction < FaultAbi.DIRECTIONS; direction++) {
      int count = 1 + random.nextInt(FaultAbi.RULES);
      for (int bit = 0; bit < count; bit++) {
        boolean spares = sparing && random.nextInt(16) == 0;
        many.add(direction, randomMatch(random), spares ? KernelRule.EXEMPTION : bit);
      }
    }
    return many;
  }

  private void add(int direction, Match match, int fault) {
    Action action = fault == KernelRule.EXEMPTION ? SPARE : COUNT;
    rules.add(new KernelRule(fault, direction, FaultAbi.STAGE_LOSE, match, action, ALWAYS));
  }

  private static Match randomMatch(RandomGenerator random) {
    List<IpPrefix> peers = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      peers.add(randomPrefix(random));
    }
    Ports ports = new Ports(randomPorts(random), randomPorts(random));
    Flags flags =
        random.nextInt(3) > 0
            ? Flags.ANY
            : new Flags(1 << random.nextInt(8), 1 << random.nextInt(8));
    int protocols = random.nextBoolean() ? Match.ANY_PROTOCOL : 1 << random.nextInt(3);
    return new Match(protocols, peers, ports, flags, Match.Names.ANY, Match.Part.ALL);
  }

  private static List<PortRange> randomPorts(RandomGenerator random) {
    if (random.nextInt(3) > 0) {
      return List.of();
    }
    int first = 1 + random.nextInt(8);
    return List.of(new PortRange(first, first + random.nextInt(3)));
  }

  private static IpPrefix randomPrefix(RandomGenerator random) {
    InetAddress address = randomAddress(random);
    int bits = address.getAddress().length * 8;
    int length = LENGTHS[random.nextInt(LENGTHS.length)] * bits / 32;
    BigInteger value = new BigInteger(1, address.getAddress());
    byte[] lowest = value.shiftRight(bits - length).shiftLeft(bits - length).toByteArray();
    byte[] padded = new byte[bits / 8];
    int kept = Math.min(lowest.length, padded.length);
    System.arraycopy(lowest, lowest.length - kept, padded, padded.length - kept, kept);
    return new IpPrefix(address(padded), length);
  }

  /// One of 256 of either version.
  public static InetAddress randomAddress(RandomGenerator random) {
    byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
    for (int i = 0; i < 4; i++) {
      int place = i * bytes.length / 4;
      bytes[place] = (byte) ((i == 0 ? 0x40 : 0) | random.nextInt(4) << (random.nextInt(2) * 6));
    }
    return address(bytes);
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /// With bits in the order of the rules of a direction.
  public RuleTable table() {
    return new RuleTable(rules, RuleTable.Extent.LEAST);
  }

  /// Which rules of its direction count a packet, by their bits.
  public Set<Integer> satisfiedBy(Subject packet) {
    List<KernelRule> ofDirection =
        rules.stream().filter(rule -> rule.direction() == packet.direction()).toList();
    Set<Integer> bits = new TreeSet<>();
    for (int bit = 0; bit < ofDirection.size(); bit++) {
      if (accepts(ofDirection.get(bit).match(), packet)) {
        bits.add(bit);
      }
    }
    boolean spared = bits.stream().anyMatch(bit -> ofDirection.get(bit).exempts());
    return spared ? Set.of() : bits;
  }

  private static boolean accepts(Match match, Subject packet) {
    Ports ports = match.ports();
    boolean portsFit =
        !match.asksForPorts()
            || (packet.hasPorts()
                && fits(ports.local(), packet.localPort())
                && fits(ports.peer(), packet.peerPort()));
    boolean flagsFit =
        match.flags().isAny() || (packet.isTcp() && match.flags().accepts(packet.flags()));
    boolean peerFits =
        match.peers().isEmpty() || match.peers().stream().anyMatch(p -> in(p, packet.peer()));
    return (match.protocols() >> packet.protocol() & 1) == 1 && portsFit && flagsFit && peerFits;
  }

  private static boolean fits(List<PortRange> ranges, int port) {
    return ranges.isEmpty()
        || ranges.stream().anyMatch(range -> range.first() <= port && port <= range.last());
  }

  private static boolean in(IpPrefix prefix, InetAddress address) {
    byte[] wanted = prefix.address().getAddress();
    byte[] given = address.getAddress();
    int behind = wanted.length * 8 - prefix.length();
    return wanted.length == given.length
        && new BigInteger(1, wanted)
            .shiftRight(behind)
            .equals(new BigInteger(1, given).shiftRight(behind));
  }
}
