// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import dev.squall.fault.FaultException;
import dev.squall.fault.FaultException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

/// A network namespace, held by a file descriptor: it exists at least until this is closed.
///
/// The kernel binds a thread to a namespace, and threads that a thread starts inherit it; a virtual
/// thread would leave its carrier there. So every piece of work gets a platform thread of its own
/// that ends with it (about 0.2 ms). Inside, do nothing but system calls: no futures, no pools, no
/// logging, nothing that could start a thread which outlives the work.
public final class NetworkNamespace implements AutoCloseable {
  private static final String NAMED = "/run/netns/";

  /// `_IO(0xb7, 3)`: the kind of namespace that a file stands for, as a CLONE_NEW flag.
  private static final int NS_GET_NSTYPE = 0xb703;

  private final NativeFile file;
  private final String description;

  private NetworkNamespace(NativeFile file, String description) {
    this.file = file;
    this.description = description;
  }

  /// The namespace that `ip netns add NAME` made, or the one at a path if the name has a slash.
  public static NetworkNamespace named(String name) {
    if (name.indexOf('/') >= 0) {
      return open(name, "netns " + name, "no network namespace at " + name);
    }
    String absent =
        "netns %s: there is none of that name under /run/netns; `ip netns list` shows those there are"
            .formatted(name);
    return open(NAMED + name, "netns " + name, absent);
  }

  /// The namespace that a process is in. It stays that one when the process ends or moves on.
  public static NetworkNamespace pid(int pid) {
    String absent =
        Files.exists(Path.of("/proc/" + pid))
            ? "pid %d: this process has ended and has no network namespace any more".formatted(pid)
            : "pid %d: there is no such process; `ps -e` shows those there are".formatted(pid);
    return open("/proc/" + pid + "/ns/net", "pid " + pid, absent);
  }

  /// The namespace that this process was started in.
  public static NetworkNamespace own() {
    return open("/proc/self/ns/net", "this host", "this process has no /proc/self/ns/net");
  }

  /// The namespace that the calling thread is in.
  public static NetworkNamespace current() {
    String path = "/proc/thread-self/ns/net";
    return open(path, "the current network namespace", "this thread has no " + path);
  }

  /// A new namespace that has no name and no mount: it and everything in it go when this is closed
  /// and also when this process dies (70 to 150 ms later, as the kernel cleans up in its own time).
  public static NetworkNamespace anonymous() {
    return onFreshThread(
        "unshare",
        () -> {
          if (Libc.UNSHARE.callInt(Libc.CLONE_NEWNET) != 0) {
            throw refused("creating a network namespace");
          }
          return new NetworkNamespace(current().file, "a namespace of ours");
        });
  }

  /// The number of the namespace that a process is in, without opening it; empty when the process
  /// has ended or may not be looked at.
  public static OptionalLong inodeOf(int pid) {
    try {
      String link = Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/net")).toString();
      return OptionalLong.of(
          Long.parseLong(link.substring(link.indexOf('[') + 1, link.length() - 1)));
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  private static NetworkNamespace open(String path, String description, String absent) {
    NativeFile file;
    try {
      file = NativeFile.open(path, Libc.O_RDONLY);
    } catch (LinuxException e) {
      throw switch (e.errno()) {
        case Errno.ENOENT, Errno.ESRCH -> new FaultException(Kind.USER, absent);
        case Errno.EPERM, Errno.EACCES ->
            LinuxException.of("opening " + path, e.errno(), Capability.SYS_PTRACE);
        default -> e;
      };
    }
    if (Libc.IOCTL.callInt(file.fd(), NS_GET_NSTYPE) != Libc.CLONE_NEWNET) {
      file.close();
      throw new FaultException(Kind.USER, path + " is not a network namespace");
    }
    return new NetworkNamespace(file, description);
  }

  private static RuntimeException refused(String operation) {
    return LinuxException.of(operation, NativeFunction.errno(), Capability.SYS_ADMIN);
  }

  /// Where this is, for people: `netns web`, `pid 42`, `this host`.
  public String description() {
    return description;
  }

  /// The number by which the kernel tells namespaces apart: two with the same are the same.
  public long inode() {
    return file.inode();
  }

  /// For netlink attributes and system calls that name a namespace by an open file.
  public int fd() {
    return file.fd();
  }

  /// Runs work inside this namespace, on a thread of its own, and waits for its end even when the
  /// calling thread is interrupted: half-done work would leave things behind.
  public <T> T call(Callable<T> work) {
    return onFreshThread(
        description,
        () -> {
          if (Libc.SETNS.callInt(fd(), Libc.CLONE_NEWNET) != 0) {
            throw refused("entering " + description);
          }
          return work.call();
        });
  }

  /// The same for work without a result.
  public void run(Runnable work) {
    boolean done =
        call(
            () -> {
              work.run();
              return true;
            });
    assert done;
  }

  private static <T> T onFreshThread(String name, Callable<T> work) {
    ThreadOutcome<T> outcome = new ThreadOutcome<>(work);
    Thread thread = Thread.ofPlatform().name(name).daemon().start(outcome);
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return outcome.result();
  }

  @Override
  public void close() {
    file.close();
  }
}
