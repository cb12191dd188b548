// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import dev.squall.bpf.attach.ClsactFilters;
import dev.squall.bpf.libbpf.BpfIds;
import dev.squall.bpf.libbpf.LinkInfo;
import dev.squall.bpf.libbpf.MapInfo;
import dev.squall.bpf.libbpf.ProgramInfo;
import dev.squall.bpf.line.DelayDevice;
import dev.squall.bpf.linux.Clsact;
import dev.squall.bpf.linux.Link;
import dev.squall.bpf.linux.Namespaces;
import dev.squall.bpf.linux.NetworkNamespace;
import dev.squall.fault.Leftover;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What no living process owns: programs, maps and links by their ids, devices in every namespace.
final class Leftovers {
  private static final String PREFIX = "squall_";

  private Leftovers() {}

  static List<Leftover> find() {
    List<ProgramInfo> programs = programs();
    Set<Integer> ownedMaps = ownedMaps(programs);
    Set<Integer> orphans = orphans(programs, ownedMaps);
    List<Leftover> found = new ArrayList<>();
    for (ProgramInfo program : programs) {
      if (orphans.contains(program.id())) {
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

  private static List<ProgramInfo> programs() {
    return BpfIds.programs().stream().filter(p -> p.name().startsWith(PREFIX)).toList();
  }

  private static Set<Integer> orphans() {
    List<ProgramInfo> programs = programs();
    return orphans(programs, ownedMaps(programs));
  }

  private static Set<Integer> orphans(List<ProgramInfo> programs, Set<Integer> ownedMaps) {
    return programs.stream()
        .filter(program -> program.mapIds().stream().noneMatch(ownedMaps::contains))
        .map(ProgramInfo::id)
        .collect(Collectors.toSet());
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
    Set<Integer> orphans = orphans();
    List<Leftover> removed = new ArrayList<>();
    if (!orphans.isEmpty()) {
      Namespaces.forEach((namespace, links) -> removed.addAll(sweep(namespace, links, orphans)));
    }
    return removed;
  }

  private static List<Leftover> sweep(
      NetworkNamespace namespace, List<Link> links, Set<Integer> orphans) {
    return namespace.call(
        () -> {
          List<Leftover> removed = new ArrayList<>();
          for (Link link : links) {
            for (Clsact.Filter filter : ClsactFilters.ours(link.index())) {
              if (orphans.contains(filter.programId())) {
                ClsactFilters.remove(filter);
                String place = namespace.description() + " " + link.name();
                removed.add(new Leftover("filter", filter.name(), place));
              }
            }
          }
          return removed;
        });
  }
}
