// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import dev.squall.bpf.libbpf.BpfIds;
import dev.squall.bpf.libbpf.LinkInfo;
import dev.squall.bpf.libbpf.MapInfo;
import dev.squall.bpf.libbpf.ProgramInfo;
import dev.squall.bpf.line.DelayDevice;
import dev.squall.bpf.linux.Namespaces;
import dev.squall.fault.Leftover;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What no living process owns: programs, maps and links by their ids, devices in every namespace.
final class Leftovers {
  private static final String PREFIX = "squall_";

  private Leftovers() {}

  static List<Leftover> find() {
    List<ProgramInfo> programs =
        BpfIds.programs().stream().filter(p -> p.name().startsWith(PREFIX)).toList();
    Set<Integer> ownedMaps = ownedMaps(programs);
    List<Leftover> found = new ArrayList<>();
    Set<Integer> orphans = new HashSet<>();
    for (ProgramInfo program : programs) {
      if (program.mapIds().stream().noneMatch(ownedMaps::contains)) {
        orphans.add(program.id());
        found.add(new Leftover("program", program.name(), "id " + program.id()));
      }
    }
    for (LinkInfo link : BpfIds.links()) {
      if (orphans.contains(link.programId())) {
        found.add(new Leftover("link", "id " + link.id(), "interface " + link.ifindex()));
      }
    }
    found.addAll(maps(programs, ownedMaps));
    found.addAll(devices());
    return found;
  }

  /// A map that no program uses lives by an open descriptor: a living run may well hold it.
  private static List<Leftover> maps(List<ProgramInfo> programs, Set<Integer> ownedMaps) {
    Set<Integer> used = new HashSet<>();
    programs.forEach(program -> used.addAll(program.mapIds()));
    List<Leftover> found = new ArrayList<>();
    for (MapInfo map : BpfIds.maps()) {
      boolean mayBeHeld = !ownedMaps.isEmpty() && !used.contains(map.id());
      if (map.name().startsWith(PREFIX) && !ownedMaps.contains(map.id()) && !mayBeHeld) {
        found.add(new Leftover("map", map.name(), "id " + map.id()));
      }
    }
    return found;
  }

  /// The maps of every object whose `squall_run` names a living owner. Its programs use that map or
  /// share others with those that do.
  private static Set<Integer> ownedMaps(List<ProgramInfo> programs) {
    Set<Integer> owned = new HashSet<>();
    Registry.entries().stream()
        .filter(Registry.Entry::isOwned)
        .forEach(entry -> owned.add(entry.mapId()));
    boolean grew = true;
    while (grew) {
      grew = false;
      for (ProgramInfo program : programs) {
        if (program.mapIds().stream().anyMatch(owned::contains)) {
          grew |= owned.addAll(program.mapIds());
        }
      }
    }
    return owned;
  }

  private static List<Leftover> devices() {
    List<Leftover> found = new ArrayList<>();
    Namespaces.forEach(
        (namespace, links) ->
            links.stream()
                .filter(DelayDevice::isOurs)
                .filter(link -> !DelayDevice.isOwned(link))
                .map(link -> new Leftover("device", link.name(), namespace.description()))
                .forEach(found::add));
    return found;
  }

  /// Before 6.6 a program stays attached when its owner dies; the lease has made it inert.
  static List<Leftover> sweep() {
    return List.of();
  }
}
