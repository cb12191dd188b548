// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import dev.squall.fault.ActiveRun;
import dev.squall.fault.Adjustment;
import dev.squall.fault.Leftover;
import dev.squall.fault.RunRegistry;
import java.util.ArrayList;
import java.util.List;

/// A registry that holds what a test puts in.
final class FakeRegistry implements RunRegistry {
  final List<ActiveRun> runs = new ArrayList<>();
  final List<Leftover> leftovers = new ArrayList<>();
  final List<Leftover> sweepable = new ArrayList<>();
  final List<String> stopped = new ArrayList<>();
  final List<String> adjusted = new ArrayList<>();
  boolean ownersCleanUp = true;
  int rulesToAdjust = 1;

  @Override
  public List<ActiveRun> runs() {
    return List.copyOf(runs);
  }

  @Override
  public boolean stop(String id) {
    stopped.add(id);
    return ownersCleanUp
        ? runs.removeIf(run -> run.id().equals(id))
        : runs.stream().anyMatch(run -> run.id().equals(id));
  }

  @Override
  public int adjust(String id, Adjustment adjustment) {
    adjusted.add(id + " " + adjustment);
    return rulesToAdjust;
  }

  @Override
  public List<Leftover> leftovers() {
    List<Leftover> all = new ArrayList<>(leftovers);
    all.addAll(sweepable);
    return all;
  }

  @Override
  public List<Leftover> sweep() {
    List<Leftover> removed = List.copyOf(sweepable);
    sweepable.clear();
    return removed;
  }
}
