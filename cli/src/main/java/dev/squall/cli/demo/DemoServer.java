// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A web server with one page, large enough to need a dozen packets.
final class DemoServer implements AutoCloseable {
  private static final int PAGE_BYTES = 16 * 1024;

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());

  private DemoServer(HttpServer server) {
    this.server = server;
  }

  /// Starts it on a port that is free; the socket belongs to the namespace of the calling thread.
  static DemoServer start(InetAddress address) throws IOException {
    DemoServer demo = new DemoServer(HttpServer.create(new InetSocketAddress(address, 0), 128));
    demo.server.setExecutor(demo.threads);
    demo.server.createContext("/", DemoServer::answer);
    demo.server.start();
    return demo;
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    byte[] page = new byte[PAGE_BYTES];
    Arrays.fill(page, (byte) '.');
    exchange.sendResponseHeaders(200, page.length);
    exchange.getResponseBody().write(page);
    exchange.close();
  }
}
