// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;

/// A program for an image: says hello, and what the image gives it.
final class Greeting {
  private Greeting() {}

  static void main(String[] arguments) {
    System.out.printf(
        "hello with %d MiB and libbpf %s%n",
        Runtime.getRuntime().maxMemory() >> 20, hasLibbpf() ? "there" : "missing");
  }

  private static boolean hasLibbpf() {
    try (Arena arena = Arena.ofConfined()) {
      return SymbolLookup.libraryLookup("libbpf.so.1", arena)
          .find("bpf_object__open_mem")
          .isPresent();
    } catch (IllegalArgumentException missing) {
      return false;
    }
  }
}
