// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.docs;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Where the commands of a page are run: a folder of its own that looks like the root of the
/// repository, and names of network namespaces of its own, which are gone when this closes.
public final class ScratchHost implements AutoCloseable {
  private static final String JVM_OPTIONS =
      "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx64m --enable-native-access=ALL-UNNAMED";

  private final Path folder = Files.createTempDirectory("squall-docs");
  private final Path squall = folder.resolve("squall");
  private final Terminal main;
  private final Terminal other;

  ScratchHost() throws IOException {
    this(
        Map.of(),
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
  }

  /// Opens its two terminals.
  ///
  /// @param variables for their environment
  /// @param classes the class path of `squall`
  public ScratchHost(Map<String, String> variables, String classes) throws IOException {
    Map<String, String> environment = new HashMap<>(variables);
    environment.put("PATH", folder + ":" + System.getenv("PATH") + ":/usr/sbin:/sbin");
    environment.put("LC_ALL", "C");
    environment.put("SSH_CONNECTION", "");
    writeLauncher(classes);
    for (String name : List.of("docs", "operator")) {
      Files.createSymbolicLink(folder.resolve(name), MarkdownPage.ROOT.resolve(name));
    }
    main = new Terminal(folder, environment, "unshare", "--mount", "bash");
    main.type("mkdir -p /run/netns; mount -t tmpfs tmpfs /run/netns");
    main.await(Duration.ofSeconds(10));
    other =
        new Terminal(
            folder, environment, "nsenter", "--target", "" + main.pid(), "--mount", "bash");
  }

  /// What is a script stays one, and calls it.
  private void writeLauncher(String classes) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Files.writeString(
        squall,
        """
        #!/bin/bash
        [[ "$*" != "demo --cluster"* ]] || SQUALL=$(realpath "$0") exec %s/squall "$@"
        exec %s %s -cp %s dev.squall.cli.Main "$@"
        """
            .formatted(MarkdownPage.ROOT, java, JVM_OPTIONS, absolute(classes)));
    Files.setPosixFilePermissions(squall, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String absolute(String classes) {
    return String.join(
        File.pathSeparator,
        Stream.of(classes.split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .toList());
  }

  /// The command of the classes under test.
  public String squall() {
    return squall.toString();
  }

  void write(String file, List<String> lines) throws IOException {
    Files.write(folder.resolve(file), lines);
  }

  Terminal terminal(boolean wantsOther) {
    return wantsOther ? other : main;
  }

  /// Ends what is left of the page, servers in the background too: all have the folder in their
  /// path.
  @Override
  public void close() throws IOException {
    other.close();
    main.close();
    ProcessHandle.allProcesses().filter(this::isOurs).forEach(ProcessHandle::destroyForcibly);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private boolean isOurs(ProcessHandle process) {
    try {
      Path environ = Path.of("/proc", Long.toString(process.pid()), "environ");
      return Files.readString(environ, StandardCharsets.ISO_8859_1).contains(folder + ":");
    } catch (IOException goneMeanwhile) {
      return false;
    }
  }
}
