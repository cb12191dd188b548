// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.squall.operator.api.v1alpha1.PodFault.Phase;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// The only port: `/healthz` and `/readyz` for the kubelet, `/metrics` for Prometheus.
final class HealthServer {
  private static final Duration STUCK = Duration.ofSeconds(30);
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private final Agent agent;
  private final StatusWriter writer;
  private final BooleanSupplier ready;

  private HealthServer(Agent agent, StatusWriter writer, BooleanSupplier ready) {
    this.agent = agent;
    this.writer = writer;
    this.ready = ready;
  }

  /// Serves until the process ends.
  ///
  /// @param port 0: any that is free
  /// @return the port
  static int start(int port, Agent agent, StatusWriter writer, BooleanSupplier ready)
      throws IOException {
    HealthServer health = new HealthServer(agent, writer, ready);
    HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
    server.createContext("/healthz", exchange -> answer(exchange, health.isAlive()));
    server.createContext("/readyz", exchange -> answer(exchange, health.ready.getAsBoolean()));
    server.createContext("/metrics", exchange -> send(exchange, OK, health.metrics()));
    server.start();
    return server.getAddress().getPort();
  }

  private boolean isAlive() {
    Duration since = Moment.now().monotonic().minus(agent.tally().turnAt());
    return since.compareTo(STUCK) < 0;
  }

  private String metrics() {
    StringBuilder text = new StringBuilder();
    Tally tally = agent.tally();
    type(text, "squall_agent_pods", "gauge", "Pods and parts by how far their faults have come.");
    for (Phase phase : Phase.values()) {
      int count = tally.pods().getOrDefault(phase, 0);
      text.append("squall_agent_pods{phase=\"%s\"} %d%n".formatted(phase, count));
    }
    counter(
        text,
        "lease_losses",
        "Faults that the kernel ended as the agent was held up.",
        tally.leaseLosses());
    counter(text, "status_writes", "Statuses of NodeFaults that were written.", writer.writes());
    counter(text, "api_errors", "Statuses that could not be written.", writer.errors());
    return text.toString();
  }

  private static void counter(StringBuilder text, String name, String help, long value) {
    String full = "squall_agent_" + name + "_total";
    type(text, full, "counter", help);
    text.append("%s %d%n".formatted(full, value));
  }

  private static void type(StringBuilder text, String name, String type, String help) {
    text.append("# HELP %s %s%n# TYPE %s %s%n".formatted(name, help, name, type));
  }

  private static void answer(HttpExchange exchange, boolean good) throws IOException {
    send(exchange, good ? OK : UNAVAILABLE, good ? "ok\n" : "not yet\n");
  }

  private static void send(HttpExchange exchange, int code, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    exchange.sendResponseHeaders(code, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
