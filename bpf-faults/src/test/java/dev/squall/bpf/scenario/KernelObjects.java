// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// BPF objects by their numbers, as the kernel and bpftool(8) tell them.
///
/// @param programs of which a process holds a descriptor
record KernelObjects(Set<Integer> programs, Set<Integer> links, Set<Integer> maps) {
  private static final Pattern NUMBER = Pattern.compile("^(prog|link|map)_id:\\s+(\\d+)");
  private static final Pattern LISTED = Pattern.compile("\\{\"id\":(\\d+),");

  /// What a process holds, by /proc/PID/fdinfo.
  static KernelObjects of(long pid) {
    KernelObjects held = new KernelObjects(new HashSet<>(), new HashSet<>(), new HashSet<>());
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fdinfo"))) {
      descriptors.forEach(held::read);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return held;
  }

  /// The first line that names an object is the descriptor's own; a link's program comes after it.
  private void read(Path descriptor) {
    for (String line : lines(descriptor)) {
      Matcher matcher = NUMBER.matcher(line);
      if (matcher.find()) {
        ofKind(matcher.group(1)).add(Integer.parseInt(matcher.group(2)));
        return;
      }
    }
  }

  /// None of a descriptor that was closed since it was listed: no open finds it, or no read.
  private static List<String> lines(Path descriptor) {
    try {
      return Files.readAllLines(descriptor);
    } catch (IOException e) {
      if (Files.exists(descriptor)) {
        throw new AssertionError(e);
      }
      return List.of();
    }
  }

  private Set<Integer> ofKind(String kind) {
    return switch (kind) {
      case "prog" -> programs;
      case "link" -> links;
      default -> maps;
    };
  }

  /// Those of these that the kernel still has, in words.
  List<String> stillThere() {
    List<String> found = new ArrayList<>();
    for (String kind : List.of("prog", "link", "map")) {
      Set<Integer> listed = listed(kind);
      ofKind(kind).stream()
          .filter(listed::contains)
          .map(number -> kind + " " + number)
          .forEach(found::add);
    }
    return found;
  }

  private static Set<Integer> listed(String kind) {
    Matcher matcher = LISTED.matcher(Tool.run("bpftool", "-j", kind, "show"));
    return matcher
        .results()
        .map(result -> Integer.parseInt(result.group(1)))
        .collect(Collectors.toSet());
  }
}
