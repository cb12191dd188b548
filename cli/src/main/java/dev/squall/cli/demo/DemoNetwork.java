// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.demo;

import dev.squall.target.Target;
import java.net.InetAddress;
import java.util.concurrent.Callable;

/// Two network namespaces with one cable between them: the server's and the client's.
///
/// Both vanish when it is closed, and with them everything that was set up inside.
public interface DemoNetwork extends AutoCloseable {
  /// The server's namespace, as a fault would name it, with its interface.
  Target server();

  /// Where the client reaches the server.
  InetAddress serverAddress();

  /// Runs the work on a thread of its own inside the server's namespace; sockets that it opens, and
  /// threads that it starts, belong to that namespace.
  <T> T onServer(Callable<T> work) throws Exception;

  /// The same inside the client's namespace.
  <T> T onClient(Callable<T> work) throws Exception;

  @Override
  void close();
}
