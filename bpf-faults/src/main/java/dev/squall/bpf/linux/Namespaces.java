// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/// Every network namespace that can be reached from here: named ones, and those that processes are
/// in.
public final class Namespaces {
  private Namespaces() {}

  /// Visits each namespace once, with its interfaces. One that goes meanwhile is left out.
  public static void forEach(BiConsumer<NetworkNamespace, List<Link>> visitor) {
    Set<Long> seen = new HashSet<>();
    for (Path file : files()) {
      try (NetworkNamespace namespace = NetworkNamespace.named(file.toString())) {
        if (seen.add(namespace.inode())) {
          visitor.accept(namespace, namespace.call(Links::list));
        }
      } catch (RuntimeException e) {
        // It went while it was looked at, or belongs to somebody we may not look into.
      }
    }
  }

  private static List<Path> files() {
    List<Path> files = new ArrayList<>();
    files.addAll(list("/run/netns", "*"));
    for (Path process : list("/proc", "[0-9]*")) {
      files.add(process.resolve("ns/net"));
    }
    return files;
  }

  private static List<Path> list(String directory, String glob) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(Path.of(directory), glob)) {
      paths.forEach(found::add);
    } catch (IOException e) {
      return List.of();
    }
    return found;
  }
}
