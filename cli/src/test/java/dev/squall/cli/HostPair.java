// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Two hosts on a cable, 10.78.0.1 and 10.78.0.2: network namespaces, each with an `eth0`.
final class HostPair {
  private final String name;

  /// @param name that no other test uses
  HostPair(String name) throws Exception {
    this.name = "squall-%s-%d".formatted(name, ProcessHandle.current().pid());
    run("ip netns add " + target());
    run("ip netns add " + peer());
    run("ip link add eth0 netns %s type veth peer name eth0 netns %s".formatted(target(), peer()));
    configure(target(), "10.78.0.1/24");
    configure(peer(), "10.78.0.2/24");
  }

  private static void configure(String host, String address) throws Exception {
    run("ip -n %s link set eth0 addrgenmode none up".formatted(host));
    run("ip -n %s addr add %s dev eth0".formatted(host, address));
  }

  /// Whose packets the faults are for.
  String target() {
    return name + "-target";
  }

  String peer() {
    return name + "-peer";
  }

  static void run(String command) throws Exception {
    Process process = new ProcessBuilder(command.split(" ")).inheritIO().start();
    assertThat(process.waitFor()).as(command).isZero();
  }

  /// What a command prints, however it ends.
  static String output(String command) throws IOException {
    Process process =
        new ProcessBuilder(command.split(" "))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  void remove() throws Exception {
    run("ip netns del " + target());
    run("ip netns del " + peer());
  }
}
