// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.abi.RuleMap;
import dev.squall.bpf.abi.RunMap;
import dev.squall.bpf.libbpf.BpfIds;
import dev.squall.bpf.libbpf.BpfMap;
import dev.squall.bpf.libbpf.MapInfo;
import dev.squall.bpf.libbpf.ProgramInfo;
import dev.squall.bpf.linux.KernelClock;
import dev.squall.bpf.linux.Processes;
import dev.squall.fault.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The kernel as the register of all runs on this host: every loaded object has a map `squall_run`
/// that says what it is and whose.
final class Registry {
  private Registry() {}

  /// What is known of a lease.
  enum Lease {
    NONE,
    HELD,
    LAPSED
  }

  /// One loaded object.
  ///
  /// @param mapId of its `squall_run`
  /// @param id of its experiment, empty when it has none yet
  /// @param lease whether somebody has renewed it within its term
  record Entry(
      int mapId, RunMap.Identity identity, String id, String command, Instant endsAt, Lease lease) {
    /// How the run stands.
    RunState state() {
      if (!isOwned()) {
        return RunState.OWNER_DEAD;
      }
      return switch (lease) {
        case NONE -> RunState.PREPARED;
        case HELD -> RunState.ARMED;
        case LAPSED -> RunState.LEASE_LOST;
      };
    }

    /// Whether the process that made it still runs. From inside another PID namespace it cannot be
    /// seen, but its lease can.
    boolean isOwned() {
      return lease == Lease.HELD
          || (identity.pid() != 0 && Processes.isAlive(identity.pid(), identity.pidStart()));
    }
  }

  static List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    for (MapInfo map : BpfIds.maps()) {
      if (isRun(map)) {
        Entry entry = visit(map.id(), run -> entry(map.id(), run));
        if (entry != null) {
          entries.add(entry);
        }
      }
    }
    return entries;
  }

  /// Sets the stop flag, which the programs obey at once.
  static void stop(Entry entry) {
    visit(
        entry.mapId(),
        run -> {
          run.stop(0);
          return true;
        });
  }

  /// Changes the threshold of the rules of one kind that have a share.
  ///
  /// @param fault LOSS and so on of `RuleMap`
  /// @return how many there are
  static int adjust(Entry entry, int fault, long threshold) {
    Set<Integer> together = new HashSet<>();
    BpfIds.programs().stream()
        .map(ProgramInfo::mapIds)
        .filter(maps -> maps.contains(entry.mapId()))
        .forEach(together::addAll);
    return BpfIds.maps().stream()
        .filter(map -> together.contains(map.id()) && map.name().equals(RuleMap.NAME))
        .mapToInt(map -> adjust(map.id(), fault, threshold))
        .sum();
  }

  private static int adjust(int mapId, int fault, long threshold) {
    try (BpfMap map = BpfIds.openMap(mapId)) {
      if (map == null) {
        return 0;
      }
      RuleMap rules = new RuleMap(map.mmap());
      int[] chosen =
          IntStream.range(0, FaultAbi.DIRECTIONS * FaultAbi.RULES)
              .filter(index -> rules.isByShare(index, fault))
              .toArray();
      Arrays.stream(chosen).forEach(index -> rules.adjust(index, threshold));
      return chosen.length;
    }
  }

  /// A map of another version of Squall has another size, and is left alone.
  static boolean isRun(MapInfo map) {
    return map.name().equals(RunMap.NAME) && map.shape().valueBytes() == RunMap.size();
  }

  private static Entry entry(int mapId, RunMap run) {
    JiffiesClock clock =
        new JiffiesClock(run.clockJiffies(), run.clockNanos(), KernelClock.tick().toNanos());
    Instant endsAt = clock.instant(run.deadline(0));
    return new Entry(
        mapId, run.identity(), run.id(0), run.command(0), endsAt, lease(run, clock.now()));
  }

  private static Lease lease(RunMap run, long now) {
    if (run.leaseUntil() == 0) {
      return Lease.NONE;
    }
    return now < run.leaseUntil() ? Lease.HELD : Lease.LAPSED;
  }

  /// Null when the map has gone meanwhile, or is of another version.
  private static <T> @Nullable T visit(int mapId, Function<RunMap, T> visitor) {
    try (BpfMap map = BpfIds.openMap(mapId)) {
      if (map == null) {
        return null;
      }
      RunMap run = new RunMap(map.mmap());
      return run.abi() == FaultAbi.VERSION || run.abi() == 0 ? visitor.apply(run) : null;
    }
  }
}
