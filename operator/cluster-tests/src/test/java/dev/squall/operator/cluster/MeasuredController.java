// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import dev.squall.operator.api.install.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;

/// A controller that can be started and ended, and whose memory can be looked at.
sealed interface MeasuredController extends AutoCloseable {
  /// Begins to start it.
  void start();

  /// Ends it and waits for that.
  void end();

  /// When its process was started, in whole seconds.
  Instant startedAt();

  /// A file of its process, such as `status`.
  String proc(String file);

  @Override
  void close();

  /// A process of this machine, with the flags of the image.
  final class OfThisMachine implements MeasuredController {
    private final Cluster cluster;
    private final String namespace;
    private ControllerProcess process;

    OfThisMachine(Cluster cluster, String namespace) {
      this.cluster = cluster;
      this.namespace = namespace;
      this.process = ControllerProcess.start(cluster, namespace, "scale");
    }

    @Override
    public void start() {
      process = ControllerProcess.begin(cluster, namespace, "scale");
    }

    @Override
    public void end() {
      process.end();
    }

    @Override
    public Instant startedAt() {
      return process.process().info().startInstant().orElseThrow();
    }

    @Override
    public String proc(String file) {
      try {
        return Files.readString(Path.of("/proc", String.valueOf(process.process().pid()), file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      process.close();
    }
  }

  /// The Deployment of an installation, with the limits and the account that it has there.
  final class Installed implements MeasuredController {
    private static final String DEPLOYMENT = "deployment/squall-controller";
    private static final String JAR = "squall-controller.jar";

    private final Cluster cluster;
    private final InstalledSquall squall;
    private final TestNamespace surgery;

    Installed(Cluster cluster, Path folder) {
      this.cluster = cluster;
      this.squall = InstalledSquall.install(cluster, folder);
      // It takes nobody but a node's own agent for its agent, which these nodes do not have.
      cluster
          .kubectl("delete", "validatingadmissionpolicybinding", "squall-node-status")
          .successful();
      this.surgery = cluster.namespace("surgery");
    }

    @Override
    public void start() {
      scale(1);
    }

    @Override
    public void end() {
      scale(0);
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> pods(".metadata.name").isEmpty());
    }

    private void scale(int replicas) {
      cluster
          .kubectl("-n", Installation.NAMESPACE, "scale", DEPLOYMENT, "--replicas=" + replicas)
          .successful();
    }

    private String pods(String path) {
      return cluster
          .kubectl(
              "-n",
              Installation.NAMESPACE,
              "get",
              "pods",
              "-l",
              "app.kubernetes.io/name=squall-controller",
              "-o",
              "jsonpath={.items[*]%s}".formatted(path))
          .text();
    }

    @Override
    public Instant startedAt() {
      return Instant.parse(pods(".status.containerStatuses[0].state.running.startedAt"));
    }

    @Override
    public String proc(String file) {
      return Surgeon.ready(pods(".spec.nodeName"), surgery).read(JAR, file);
    }

    @Override
    public void close() {
      surgery.close();
      squall.close();
    }
  }
}
