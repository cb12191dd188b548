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
import java.util.function.Supplier;

/// Every network namespace that can be reached from here: named ones, and those that processes are
/// in.
public final class Namespaces {
  private Namespaces() {}

  /// Visits each namespace once, with its interfaces. One that goes meanwhile is left out.
  public static void forEach(BiConsumer<NetworkNamespace, List<Link>> visitor) {
    Set<Long> seen = new HashSet<>();
    for (Supplier<NetworkNamespace> opener : openers()) {
      try (NetworkNamespace namespace = opener.get()) {
        if (seen.add(namespace.inode())) {
          visitor.accept(namespace, namespace.call(Links::list));
        }
      } catch (RuntimeException e) {
        // It went while it was looked at, or belongs to somebody we may not look into.
      }
    }
  }

  /// The named ones first: of several ways to say where something is, the name says most.
  private static List<Supplier<NetworkNamespace>> openers() {
    List<Supplier<NetworkNamespace>> openers = new ArrayList<>();
    for (String name : list("/run/netns", "*")) {
      openers.add(() -> NetworkNamespace.named(name));
    }
    for (String pid : list("/proc", "[0-9]*")) {
      openers.add(() -> NetworkNamespace.pid(Integer.parseInt(pid)));
    }
    return openers;
  }

  /// The names of the files there.
  private static List<String> list(String directory, String glob) {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(Path.of(directory), glob)) {
      paths.forEach(path -> found.add(path.getFileName().toString()));
    } catch (IOException e) {
      return List.of();
    }
    return found;
  }
}
