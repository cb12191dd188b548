// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The project's own cluster, held by this process: it goes when the process goes, killed or not.
final class Rig implements ClusterProvider, AutoCloseable {
  private static final Path SCRIPT = Path.of("../rig/rig").toAbsolutePath().normalize();

  private final String name;
  private final int port;
  private @Nullable Process holder;

  /// A rig that is not up yet.
  ///
  /// @param name for its namespaces and cgroups; of two rigs with one name, the second waits for
  ///   the end of the first for some seconds, and fails
  Rig(String name) {
    this.name = name;
    this.port = freePort();
  }

  /// Why a rig cannot come up on this machine.
  static Optional<String> obstacle() {
    CommandResult doctor = CommandResult.of(new ProcessBuilder(SCRIPT.toString(), "doctor"), "");
    return doctor.exitCode() == 0 ? Optional.empty() : Optional.of(doctor.error().strip());
  }

  /// A name that only this checkout uses, so that each run finds what an earlier one left.
  static String nameOfCheckout() {
    return "test-%04x".formatted(SCRIPT.hashCode() & 0xffff);
  }

  /// Makes the nodes and waits until they are Ready. The first time on a machine this builds
  /// Kubernetes, for minutes.
  ///
  /// @throws IllegalStateException when they do not come; the rig has printed why
  Rig up(int nodes) {
    try {
      ProcessBuilder hold = command("hold", String.valueOf(nodes));
      hold.redirectError(ProcessBuilder.Redirect.INHERIT);
      holder = hold.start();
      if (!"ready".equals(holder.inputReader(StandardCharsets.UTF_8).readLine())) {
        throw new IllegalStateException("the rig did not come up, for the reason printed above");
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Runs a command of the rig's.
  CommandResult run(String... arguments) {
    return CommandResult.of(command(arguments), "");
  }

  /// Lets go of the rig without a word, as a killed process does.
  void kill() {
    if (holder != null) {
      holder.destroyForcibly();
    }
  }

  @Override
  public Path kubeconfig() {
    return Path.of(run("kubeconfig").successful().text());
  }

  @Override
  public ProcessBuilder kubectl() {
    return command("kubectl");
  }

  @Override
  public ProcessBuilder helm() {
    return command("helm");
  }

  @Override
  public String busybox() {
    return "rig.local/busybox:1";
  }

  @Override
  public void load(Path archive) {
    run("load", archive.toString()).successful();
  }

  /// Ends the rig and waits until nothing of it is left.
  @Override
  public void close() {
    try {
      if (holder != null) {
        holder.getOutputStream().close();
        holder.waitFor(1, TimeUnit.MINUTES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ProcessBuilder command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment());
    return builder;
  }

  /// What makes commands of the rig's be about this one.
  Map<String, String> environment() {
    return Map.of("RIG_NAME", name, "RIG_PORT", String.valueOf(port));
  }

  /// Network namespaces, cgroups and files of rigs whose names begin with this one's.
  List<String> traces() {
    String find = "find /run/netns /sys/fs/cgroup /var/tmp -maxdepth 2 -name '*%s*'";
    return CommandResult.of(new ProcessBuilder("sh", "-c", find.formatted(name)), "").lines();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
