// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `bench/real-path`: how many UDP packets a sender gets out when one in twenty of those to each of
/// many peers is to be lost, by Squall and by others. All take turns, each on a wire of its own, as
/// iptables once used slows a network namespace for good.
final class RealPath {
  private static final int[] PEERS = {1, 10, 100, 1_000, 10_000};
  private static final int[] BYTES = {Flood.SMALLEST, 1_400};
  private static final long UNTIL_ALL_HAVE_ARRIVED_MILLIS = 50;

  private RealPath() {}

  /// @param arguments how many rounds, 51 when it is left out
  public static void main(String[] arguments) throws InterruptedException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 51;
    String titles = Stream.of(Rival.values()).map(Rival::title).collect(Collectors.joining(" | "));
    System.out.println("Packets per second (part of nothing attached), lost of one in twenty:\n");
    System.out.println("| bytes | peers | " + titles + " |");
    System.out.println("|---|---|" + "---|".repeat(Rival.values().length));
    for (int peers : PEERS) {
      measure(peers, rounds);
    }
  }

  private static void measure(int peers, int rounds) throws InterruptedException {
    List<Lane> lanes = new ArrayList<>();
    try {
      for (Rival rival : Rival.values()) {
        lanes.add(new Lane(rival, peers));
      }
      for (int bytes : BYTES) {
        System.out.println(row(lanes, bytes, peers, rounds));
      }
    } finally {
      lanes.forEach(Lane::close);
    }
  }

  private static String row(List<Lane> lanes, int bytes, int peers, int rounds)
      throws InterruptedException {
    Thread.sleep(UNTIL_ALL_HAVE_ARRIVED_MILLIS);
    lanes.forEach(Lane::begin);
    for (int round = 0; round < rounds; round++) {
      List<Lane> order = round % 2 == 0 ? lanes : lanes.reversed();
      order.forEach(lane -> lane.takeTurn(bytes));
    }
    Thread.sleep(UNTIL_ALL_HAVE_ARRIVED_MILLIS);
    String cells =
        lanes.stream().map(lane -> lane.tell(lanes.getFirst())).collect(Collectors.joining(" | "));
    return Figures.format("| %,d | %,d | %s |", bytes, peers, cells);
  }
}
