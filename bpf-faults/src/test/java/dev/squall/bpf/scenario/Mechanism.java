// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import java.util.List;
import java.util.stream.Stream;

/// What delayed packets wait on, chosen by the system property `squall.delay` as a user may do.
/// Closing gives the choice back to Squall.
final class Mechanism implements AutoCloseable {
  private static final String PROPERTY = "squall.delay";

  private Mechanism() {}

  /// The one that whoever runs the tests has chosen, else all that this kernel has.
  static Stream<String> present() {
    String chosen = System.getProperty(PROPERTY);
    return chosen != null
        ? Stream.of(chosen)
        : Stream.of("fq", "htb", "tap").filter(Mechanism::has);
  }

  /// Those that release packets at any time that is asked, not only at some.
  static Stream<String> exact() {
    return present().filter(name -> !name.equals("htb"));
  }

  static Mechanism of(String name) {
    System.setProperty(PROPERTY, name);
    return new Mechanism();
  }

  private static boolean has(String name) {
    if (name.equals("tap")) {
      return true;
    }
    try (TestNetwork network = new TestNetwork()) {
      List<String> add = List.of("qdisc", "add", "dev", "lo", "root", name);
      List<String> command =
          Stream.concat(Stream.of("tc", "-n", network.peerName()), add.stream()).toList();
      return Tool.attempt(command).status() == 0;
    }
  }

  @Override
  public void close() {
    System.clearProperty(PROPERTY);
  }
}
