// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.squall.bpf.BpfFaultInjector;
import dev.squall.operator.api.v1alpha1.NodeFault;
import dev.squall.operator.api.v1alpha1.PeerSet;
import dev.squall.operator.api.v1alpha1.SquallPolicy;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the agent's process begins.
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  /// A lost watch is tried again after this, then after twice as long, up to 32 times as long.
  private static final int RECONNECT_MILLIS = 200;

  private static final List<Class<? extends KubernetesResource>> KINDS =
      List.of(NodeFault.class, PeerSet.class, SquallPolicy.class, Status.class);

  private static final Duration TO_ASK = Duration.ofSeconds(3);
  private static final Duration TO_END = Duration.ofMillis(3_500);
  private static final Duration TO_FLUSH = Duration.ofSeconds(1);

  private Main() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Settings settings;
    try {
      settings = Settings.of(System.getenv());
    } catch (IllegalArgumentException e) {
      LOG.error("{}", e.getMessage());
      System.exit(2);
      return;
    }
    run(settings, client());
  }

  private static KubernetesClient client() {
    Config config = Config.autoConfigure(null);
    config.setWatchReconnectInterval(RECONNECT_MILLIS);
    // Whoever asks tries again by itself, with what is true then.
    config.setRequestRetryBackoffLimit(0);
    // All kinds that the library knows would be ten thousand classes; these are needed.
    KubernetesSerialization serialization = new KubernetesSerialization(new ObjectMapper(), false);
    for (Class<? extends KubernetesResource> kind : KINDS) {
      serialization.registerKubernetesResource(kind);
    }
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withKubernetesSerialization(serialization)
        .build();
  }

  private static void run(Settings settings, KubernetesClient client)
      throws IOException, InterruptedException {
    Api api = new Api(client, settings.namespace());
    StatusWriter writer = new StatusWriter(api::patchStatus);
    ServerClock clock = new ServerClock(api);
    Inbox inbox = new Inbox();
    PeerSetWatch peerSets = new PeerSetWatch(client, settings.namespace(), inbox::put);
    Agent.Surroundings surroundings =
        new Agent.Surroundings(
            new BpfFaultInjector(),
            new BpfNode(),
            new UpstreamApi(writer, peerSets),
            Moment::now,
            clock::offset,
            new LastSeen(settings.state(), started()));
    serve(settings, client, inbox, new Agent(inbox, surroundings, version()), writer, clock);
  }

  private static void serve(
      Settings settings,
      KubernetesClient client,
      Inbox inbox,
      Agent agent,
      StatusWriter writer,
      ServerClock clock)
      throws IOException, InterruptedException {
    NodeFaultWatch watch = new NodeFaultWatch(client, settings, inbox::put);
    int port = HealthServer.start(settings.healthPort(), agent, writer, watch::isReady);
    Thread.ofPlatform().name("status").daemon().start(writer);
    Thread.ofPlatform().name("clock").daemon().start(clock);
    Thread worker = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(inbox, worker, writer)));
    LOG.atInfo()
        .addKeyValue("node", settings.nodeName())
        .addKeyValue("version", version())
        .addKeyValue("port", port)
        .log("started");
    // Before the first fault, whether there may be one.
    new StopSwitchWatch(client, inbox::put).start(TO_ASK);
    watch.start();
    agent.run();
  }

  private static void end(Inbox inbox, Thread worker, StatusWriter writer) {
    try {
      inbox.put(Event.Ending.ENDING);
      worker.join(TO_END);
      writer.flush(TO_FLUSH);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Instant started() {
    return Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
  }

  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "unpacked" : version;
  }
}
