// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A few users that read the page again and again, each time over a new connection.
final class DemoClient {
  private static final int USERS = 8;
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final byte[] REQUEST =
      "GET / HTTP/1.1\r\nHost: demo\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final InetSocketAddress server;

  DemoClient(InetSocketAddress server) {
    this.server = server;
  }

  /// Reads for as long and says how it went. The users are platform threads, which stay in the
  /// network namespace of the thread that starts them.
  Experience read(Duration duration) throws InterruptedException, ExecutionException {
    long end = System.nanoTime() + duration.toNanos();
    List<Future<List<Visit>>> users = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(USERS, Thread.ofPlatform().daemon().factory())) {
      for (int i = 0; i < USERS; i++) {
        users.add(threads.submit(() -> visitUntil(end)));
      }
    }
    List<Visit> visits = new ArrayList<>();
    for (Future<List<Visit>> user : users) {
      visits.addAll(user.get());
    }
    return Experience.of(visits);
  }

  private List<Visit> visitUntil(long end) {
    List<Visit> visits = new ArrayList<>();
    while (System.nanoTime() < end) {
      visits.add(visit());
    }
    return visits;
  }

  private Visit visit() {
    long start = System.nanoTime();
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(server, TIMEOUT_MILLIS);
      socket.getOutputStream().write(REQUEST);
      byte[] answer = socket.getInputStream().readAllBytes();
      requirePage(answer);
      return new Visit.Served(Duration.ofNanos(System.nanoTime() - start));
    } catch (IOException failure) {
      return new Visit.Failed(String.valueOf(failure.getMessage()));
    }
  }

  private static void requirePage(byte[] answer) throws IOException {
    String status = new String(answer, 0, Math.min(answer.length, 12), StandardCharsets.US_ASCII);
    if (!status.equals("HTTP/1.1 200")) {
      throw new IOException(answer.length == 0 ? "no answer" : status);
    }
  }
}
