// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.squall.bpf.linux.NativeFunction;
import dev.squall.bpf.linux.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// The resolver of the C library, as any program has it, asking one name server. It reads `/etc` of
/// a mount namespace that only the calling thread is in, and that goes with it.
final class Resolver implements AutoCloseable {
  static final int EAI_NONAME = -2; // netdb.h
  static final int EAI_AGAIN = -3;

  private static final int CLONE_NEWNS = 0x20000;
  private static final int MS_BIND = 4096;
  private static final int MS_PRIVATE_RECURSIVE = 1 << 18 | 16384;
  private static final int AF_INET = 2;
  private static final int ADDRINFO_BYTES = 48;

  private static final NativeFunction UNSHARE = NativeSocket.libc("unshare");
  private static final NativeFunction MOUNT = NativeSocket.libc("mount");
  private static final NativeFunction GETADDRINFO = NativeSocket.libc("getaddrinfo");
  private static final NativeFunction FREEADDRINFO = NativeSocket.libc("freeaddrinfo");

  private final NetworkNamespace host;
  private final Path etc;

  /// @param host that asks
  /// @param server that it asks
  Resolver(NetworkNamespace host, InetAddress server) {
    this.host = host;
    try {
      etc = Files.createTempDirectory("squall-it-etc");
      Files.writeString(etc.resolve("nsswitch.conf"), "hosts: dns\n");
      Files.writeString(
          etc.resolve("resolv.conf"),
          "nameserver %s\noptions timeout:1 attempts:1\n".formatted(server.getHostAddress()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What a question was answered with.
  ///
  /// @param code of getaddrinfo(3): 0, or EAI_NONAME and so on
  record Outcome(int code, Duration taken) {}

  /// Asks for the IPv4 address of a name.
  Outcome resolve(String name) {
    return host.call(() -> ask(name));
  }

  private Outcome ask(String name) {
    try (Arena arena = Arena.ofConfined()) {
      require("unshare", UNSHARE.call(CLONE_NEWNS));
      long root = arena.allocateFrom("/").address();
      require("mount", MOUNT.call(0, root, 0, MS_PRIVATE_RECURSIVE));
      long from = arena.allocateFrom(etc.toString()).address();
      require("mount", MOUNT.call(from, arena.allocateFrom("/etc").address(), 0, MS_BIND));

      MemorySegment hints = arena.allocate(ADDRINFO_BYTES, 8);
      hints.set(JAVA_INT, 4, AF_INET);
      MemorySegment found = arena.allocate(8, 8);
      long start = System.nanoTime();
      int code =
          (int)
              GETADDRINFO.call(
                  arena.allocateFrom(name).address(), 0, hints.address(), found.address());
      Duration taken = Duration.ofNanos(System.nanoTime() - start);
      if (code == 0) {
        FREEADDRINFO.call(found.get(JAVA_LONG, 0));
      }
      return new Outcome(code, taken);
    }
  }

  private static void require(String what, long result) {
    if (result != 0) {
      throw new AssertionError(what + ": errno " + NativeFunction.errno());
    }
  }

  @Override
  public void close() {
    try {
      Files.delete(etc.resolve("nsswitch.conf"));
      Files.delete(etc.resolve("resolv.conf"));
      Files.delete(etc);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
