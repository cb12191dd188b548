// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// The controller as a process of this machine, with the heap that its image has.
///
/// @param log what it has written
record ControllerProcess(Process process, int port, Path log) implements AutoCloseable {
  private static final Path JARS = Path.of("../controller/target");

  /// Starts one and waits until it watches the cluster.
  ///
  /// @param namespace of Squall
  /// @param identity among several controllers
  static ControllerProcess start(Cluster cluster, String namespace, String identity) {
    ControllerProcess controller = begin(cluster, namespace, identity);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> controller.wrote(" started ") && controller.get("/readyz").equals("ok\n"));
    return controller;
  }

  /// The same without waiting.
  static ControllerProcess begin(Cluster cluster, String namespace, String identity) {
    try (Stream<Path> jars = Files.list(JARS)) {
      Path jar =
          jars.filter(
                  file -> file.getFileName().toString().matches("squall-controller-.*[^s]\\.jar"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no jar of the controller in " + JARS));
      Path log = Files.createTempFile("controller", ".log");
      int port = freePort();
      ProcessBuilder command = new ProcessBuilder(command(jar)).redirectErrorStream(true);
      command.redirectOutput(log.toFile());
      command.environment().put("KUBECONFIG", cluster.kubeconfig().toString());
      command.environment().put("POD_NAMESPACE", namespace);
      command.environment().put("POD_NAME", identity);
      command.environment().put("CHAOS_MESH", "dynamic");
      command.environment().put("HTTP_PORT", String.valueOf(port));
      return new ControllerProcess(command.start(), port, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether its log has this text.
  boolean wrote(String text) throws IOException {
    assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
    return Files.readString(log).contains(text);
  }

  /// What it answers on its port.
  String get(String path) throws IOException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI address = URI.create("http://127.0.0.1:" + port + path);
      return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Its largest resident memory so far, in MiB.
  long peakMemory() throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  /// Waits until it ends by itself.
  void awaitEnd() {
    await().atMost(Duration.ofSeconds(30)).until(() -> !process.isAlive());
  }

  /// Sends it a signal, such as STOP.
  void signal(String signal) {
    CommandResult.of(new ProcessBuilder("kill", "-s", signal, "" + process.pid()), "").successful();
  }

  /// Ends it as a crash does.
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /// Ends it as Kubernetes does.
  ///
  /// @return how long it took
  Duration end() {
    long start = System.nanoTime();
    process.destroy();
    process.onExit().join();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Override
  public void close() {
    end();
  }

  private static List<String> command(Path jar) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:-UsePerfData",
        "-XX:+UseCompactObjectHeaders",
        "-Xmx40m",
        "-jar",
        jar.toString());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
