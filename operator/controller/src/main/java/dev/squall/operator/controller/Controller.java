// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller;

import dev.squall.experiment.cluster.Membership;
import dev.squall.operator.api.v1alpha1.ExperimentReference;
import dev.squall.operator.api.v1alpha1.ExperimentResource;
import dev.squall.operator.controller.Settings.ChaosMeshMode;
import dev.squall.operator.controller.experiment.ExperimentReconciler;
import dev.squall.operator.controller.experiment.StatusWriter;
import dev.squall.operator.controller.mesh.ChaosMeshPresence;
import dev.squall.operator.controller.mesh.ChaosStatusWriter;
import dev.squall.operator.controller.mesh.LeftToChaosMesh;
import dev.squall.operator.controller.mesh.NetworkChaosReconciler;
import dev.squall.operator.controller.mesh.RecordsFinalizer;
import dev.squall.operator.controller.mesh.ScheduleReconciler;
import dev.squall.operator.controller.plan.Lookups;
import dev.squall.operator.controller.policy.OpenNamespaces;
import dev.squall.operator.controller.run.Changes;
import dev.squall.operator.controller.run.Ending;
import dev.squall.operator.controller.run.EventRecorder;
import dev.squall.operator.controller.run.GatewayRoutes;
import dev.squall.operator.controller.run.HostNames;
import dev.squall.operator.controller.run.NodeFaultStore;
import dev.squall.operator.controller.run.NodeWriter;
import dev.squall.operator.controller.run.OrphanSweep;
import dev.squall.operator.controller.run.RunEngine;
import dev.squall.operator.controller.run.WatchedNodeFaults;
import dev.squall.operator.controller.schedule.ExperimentScheduleReconciler;
import dev.squall.operator.controller.schedule.ScheduledExperiments;
import dev.squall.operator.controller.view.WatchedCluster;
import io.fabric8.chaosmesh.v1alpha1.NetworkChaos;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All parts of the controller, and the order in which they start and end.
final class Controller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Controller.class);
  private static final String LEASE = "squall-controller";
  private static final Duration END = Duration.ofSeconds(2);
  private static final int LEAD_LOST = 5;
  private static final long FIRST_RETRY_MILLIS = 200;
  private static final long LONGEST_RETRY_MILLIS = 10_000;

  private final Settings settings;
  private final KubernetesClient client = new KubernetesClientBuilder().build();
  private final KubernetesClient slimClient =
      new KubernetesClientBuilder().withConfig(Config.autoConfigure(null)).build();
  private final Changes changes = new Changes();
  private final HostNames names = new HostNames(() -> changes.in(""));
  private final GatewayRoutes routes = new GatewayRoutes(client, () -> changes.in(""));
  private final NodeFaultStore store = new NodeFaultStore();
  private final NodeWriter writer;
  private final WatchedNodeFaults nodeFaults;
  private final EventRecorder events = new EventRecorder(client);
  private final RunEngine engine;
  private final ChaosMeshPresence presence = new ChaosMeshPresence(client);
  private final OrphanSweep sweep;
  private final Operator operator;
  private final WatchedCluster cluster = new WatchedCluster(changes::in);
  private @Nullable HttpEndpoint http;
  private volatile boolean closing;
  private volatile boolean leading;

  Controller(Settings settings) {
    this.settings = settings;
    this.writer = new NodeWriter(client, settings.namespace(), store);
    this.nodeFaults = new WatchedNodeFaults(client, settings.namespace(), store, changes::of);
    this.engine =
        new RunEngine(
            new RunEngine.World(cluster, new Lookups(names, routes), this::exists),
            new OpenNamespaces(settings.namespace(), settings.allOpen()),
            store,
            writer,
            new Ending(cluster, store, writer, events),
            Clock.systemUTC());
    this.sweep = new OrphanSweep(store, writer, engine, this::exists);
    this.operator = new Operator(this::configure);
  }

  /// Returns when everything runs.
  ///
  /// @throws io.fabric8.kubernetes.client.KubernetesClientException when the cluster cannot be read
  /// @throws IOException when the port is taken
  void start() throws IOException {
    http = new HttpEndpoint(settings.port(), this::isReady, this::metrics);
    cluster.start(slimClient);
    nodeFaults.start();
    changes.follow(engine::concernedBy);
    Clock clock = Clock.systemUTC();
    register(new ExperimentReconciler(engine, changes, new StatusWriter(client, events), clock));
    register(new ExperimentScheduleReconciler(new ScheduledExperiments(client), clock));
    registerChaosMesh(events, clock);
    operator.start();
    LOG.info("started namespace={} pods={}", settings.namespace(), cluster.podCount());
  }

  private <T extends HasMetadata> void register(Reconciler<T> reconciler) {
    operator.register(
        reconciler,
        (ControllerConfigurationOverrider<T> configuration) -> configure(configuration));
  }

  private static <T extends HasMetadata> ControllerConfigurationOverrider<T> configure(
      ControllerConfigurationOverrider<T> configuration) {
    return configuration
        .withGenerationAware(false)
        .withOnUpdateFilter(Updates::isForUs)
        .withRateLimiter(new Pace(System::nanoTime))
        .withRetry(retry());
  }

  /// Whether Chaos Mesh itself is there decides for the life of this process, which ends when that
  /// changes.
  private void registerChaosMesh(EventRecorder events, Clock clock) {
    if (settings.chaosMesh() == ChaosMeshMode.OFF) {
      return;
    }
    boolean there = presence.isThere();
    presence.watch(there, () -> System.exit(0));
    if (there) {
      LOG.warn("objects of chaos mesh are left alone reason=chaos-controller-manager is ready");
      register(new LeftToChaosMesh.Chaos(events));
      register(new LeftToChaosMesh.Schedules(events));
      return;
    }
    register(new ScheduleReconciler(client, events, clock));
    Membership membership =
        settings.chaosMesh() == ChaosMeshMode.FROZEN ? Membership.FROZEN : Membership.DYNAMIC;
    NetworkChaosReconciler reconciler =
        new NetworkChaosReconciler(
            engine,
            changes,
            new ChaosStatusWriter(client, events),
            new RecordsFinalizer(client),
            membership,
            clock);
    operator.register(
        reconciler,
        configuration -> configure(configuration).withTriggerReconcilerOnAllEvents(true));
  }

  @Override
  public void close() {
    closing = true;
    sweep.close();
    presence.close();
    operator.stop();
    releaseLead();
    nodeFaults.close();
    cluster.close();
    names.close();
    routes.close();
    writer.close();
    HttpEndpoint endpoint = http;
    if (endpoint != null) {
      endpoint.close();
    }
    slimClient.close();
    client.close();
  }

  private void configure(ConfigurationServiceOverrider service) {
    service
        .withKubernetesClient(client)
        .withCloseClientOnStop(false)
        // Applied by the server, the finalizer would come with an empty spec.
        .withUseSSAToPatchPrimaryResource(false)
        .withConcurrentReconciliationThreads(8)
        .withConcurrentWorkflowExecutorThreads(1)
        .withReconciliationTerminationTimeout(END)
        .withLeaderElectionConfiguration(
            LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
                .withLeaseNamespace(settings.namespace())
                .withIdentity(settings.identity())
                .withExitOnStopLeading(false)
                .withLeaderCallbacks(
                    new LeaderCallbacks(
                        this::startLeading,
                        this::stopLeading,
                        leader -> LOG.info("leader identity={}", leader)))
                .build());
  }

  private void startLeading() {
    leading = true;
    LOG.info("leading identity={}", settings.identity());
    sweep.start();
  }

  /// Without this the next one waits until the lease has run out.
  private void releaseLead() {
    if (!leading) {
      return;
    }
    try {
      client.leases().inNamespace(settings.namespace()).withName(LEASE).edit(this::released);
    } catch (KubernetesClientException e) {
      LOG.warn("lead not released problem={}", e.getMessage());
    }
  }

  /// A controller that was held up may have a successor by now, whose lease it is.
  private Lease released(Lease lease) {
    return settings.identity().equals(lease.getSpec().getHolderIdentity())
        ? new LeaseBuilder(lease).editSpec().withHolderIdentity("").endSpec().build()
        : lease;
  }

  /// Whether it is there, and somebody here carries it out.
  private boolean exists(ExperimentReference experiment) {
    return switch (experiment.kind()) {
      case NetworkChaosReconciler.KIND ->
          changes.knows(experiment.kind()) && exists(NetworkChaos.class, experiment);
      default -> exists(ExperimentResource.class, experiment);
    };
  }

  /// What is left of a kind that is gone altogether is an orphan too.
  private <T extends HasMetadata> boolean exists(Class<T> type, ExperimentReference experiment) {
    T found =
        client
            .resources(type)
            .inNamespace(experiment.namespace())
            .withName(experiment.name())
            .get();
    return found != null && found.getMetadata().getUid().equals(experiment.uid());
  }

  /// A controller that has lost the lead must not write any more: it ends and begins anew.
  private void stopLeading() {
    if (!closing) {
      LOG.error("lead lost identity={}", settings.identity());
      Thread.ofPlatform().name("lead-lost").start(() -> System.exit(LEAD_LOST));
    }
  }

  private static GenericRetry retry() {
    return new GenericRetry()
        .withoutMaxAttempts()
        .setInitialInterval(FIRST_RETRY_MILLIS)
        .setIntervalMultiplier(1.5)
        .setMaxInterval(LONGEST_RETRY_MILLIS);
  }

  private boolean isReady() {
    return cluster.isWatching() && nodeFaults.isWatching();
  }

  private String metrics() {
    return """
        # HELP squall_pods Pods that the controller knows.
        # TYPE squall_pods gauge
        squall_pods %d
        # HELP squall_experiments Experiments that are not over.
        # TYPE squall_experiments gauge
        squall_experiments %d
        # HELP squall_node_faults NodeFaults there are.
        # TYPE squall_node_faults gauge
        squall_node_faults %d
        # HELP squall_node_writes_total Objects written for nodes, or removed.
        # TYPE squall_node_writes_total counter
        squall_node_writes_total %d
        """
        .formatted(cluster.podCount(), engine.count(), store.all().size(), writer.writes());
  }
}
