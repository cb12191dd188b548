// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import java.util.ArrayList;
import java.util.List;

/// One rival on a wire of its own, and what came through.
final class Lane implements AutoCloseable {
  private static final long TURN_NANOS = 20_000_000;

  private final Rival rival;
  private final Flood flood;
  private final boolean works;
  private final List<Double> rates = new ArrayList<>();
  private long sentBefore;
  private long arrivedBefore;

  Lane(Rival rival, int peers) {
    this.rival = rival;
    this.flood = new Flood(peers);
    this.works = attach();
    flood.send(TURN_NANOS, Flood.SMALLEST);
  }

  private boolean attach() {
    try {
      rival.attach(flood);
      return true;
    } catch (IllegalStateException e) {
      System.err.printf("%s cannot be had here: %s%n", rival.title(), e.getMessage());
      return false;
    }
  }

  /// Forgets what was measured.
  void begin() {
    rates.clear();
    sentBefore = flood.sent();
    arrivedBefore = flood.arrived();
  }

  /// Sends twice, as the first time finds in the caches what the lane before has left there.
  void takeTurn(int bytes) {
    flood.send(TURN_NANOS, bytes);
    rates.add(flood.send(TURN_NANOS, bytes));
  }

  private double rate() {
    return middle(rates);
  }

  private static double middle(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  /// Packets per second, as a part of another lane's in the same rounds, and what was lost.
  String tell(Lane other) {
    if (!works) {
      return "not in this kernel";
    }
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < rates.size(); i++) {
      ratios.add(rates.get(i) / other.rates.get(i));
    }
    double arrived = flood.arrived() - arrivedBefore;
    double lost = 1 - arrived / (flood.sent() - sentBefore);
    return Figures.format("%,.0f (%.3f), %.2f %%", rate(), middle(ratios), 100 * lost);
  }

  @Override
  public void close() {
    flood.close();
  }
}
