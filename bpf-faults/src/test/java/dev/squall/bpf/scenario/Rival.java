// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import dev.squall.bpf.BpfFaultInjector;
import dev.squall.experiment.Experiment;
import dev.squall.fault.Injection;
import dev.squall.fault.Loss;
import dev.squall.fault.RunIdentity;
import dev.squall.target.Direction;
import dev.squall.target.FlowFilter;
import dev.squall.target.Peer;
import dev.squall.target.Peers;
import dev.squall.target.Ports;
import dev.squall.target.Selection;
import dev.squall.target.Target;
import dev.squall.target.TrafficFilter;
import dev.squall.unit.Percentage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// Ways to lose one in twenty of the packets to each of many peers.
enum Rival {
  NOTHING("nothing attached") {
    @Override
    void attach(Flood flood) {}
  },

  SQUALL("Squall") {
    @Override
    void attach(Flood flood) {
      List<Peer> peers = flood.peers().stream().map(Peer::parse).toList();
      TrafficFilter traffic =
          new TrafficFilter(
              Direction.EGRESS,
              null,
              Ports.ANY,
              new Peers(peers, List.of()),
              FlowFilter.ANY,
              Selection.PACKET);
      Experiment experiment =
          new Experiment(
              null,
              List.of(new Target.Process(flood.inhabitant(), Flood.INTERFACE)),
              List.of(new Loss(Percentage.parse("5%"))),
              traffic,
              Duration.ofHours(1),
              1L);
      RunIdentity identity = new RunIdentity("bench", "bench/real-path", 1, false, false, null);
      Injection injection = new BpfFaultInjector().prepare(experiment, identity);
      injection.arm();
      flood.endsWith(injection::close);
    }
  },

  IPTABLES("iptables statistic") {
    @Override
    void attach(Flood flood) {
      String rule = "-A OUTPUT -d %s -m statistic --mode random --probability 0.05 -j DROP\n";
      run(flood, "iptables-legacy-restore", "*filter\n" + each(flood, rule) + "COMMIT\n");
    }
  },

  NFT("nft set") {
    @Override
    void attach(Flood flood) {
      String rules =
          """
          table ip bench {
            set peers { type ipv4_addr; elements = { %s } }
            chain out {
              type filter hook output priority 0;
              ip daddr @peers numgen random mod 100 < 5 drop;
            }
          }
          """;
      run(flood, "nft -f", rules.formatted(String.join(", ", flood.peers())));
    }
  },

  /// Each peer has a filter that leads to one class, which loses where the kernel has netem; where
  /// it has none, finding the class is all that is done.
  HTB("HTB + u32") {
    @Override
    void attach(Flood flood) {
      String classes =
          """
          qdisc add dev eth0 root handle 1: htb default 2
          class add dev eth0 parent 1: classid 1:1 htb rate 100gbit quantum 60000
          class add dev eth0 parent 1: classid 1:2 htb rate 100gbit quantum 60000
          """;
      String filter =
          "filter add dev eth0 parent 1: protocol ip prio 1 u32 match ip dst %s/32 flowid 1:1\n";
      run(flood, "tc -batch", classes + each(flood, filter));
      try {
        flood.run("tc qdisc add dev eth0 parent 1:1 netem loss 5%");
      } catch (IllegalStateException noNetemHere) {
        return;
      }
    }
  };

  private final String title;

  Rival(String title) {
    this.title = title;
  }

  /// What to call it in a table.
  String title() {
    return title;
  }

  /// Puts it on the sender's way.
  ///
  /// @throws IllegalStateException when there is no such thing here
  abstract void attach(Flood flood);

  private static String each(Flood flood, String line) {
    return flood.peers().stream().map(line::formatted).collect(Collectors.joining());
  }

  private static void run(Flood flood, String command, String input) {
    try {
      Path file = Files.createTempFile("squall-bench", null);
      try {
        Files.writeString(file, input);
        flood.run(command + " " + file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
