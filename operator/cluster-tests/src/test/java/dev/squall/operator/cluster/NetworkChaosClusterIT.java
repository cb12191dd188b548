// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.operator.api.Golden;
import dev.squall.operator.cluster.BeaconLog.Link;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Chaos Mesh's NetworkChaos as its users write it: every action, direction and kind of peer, on
/// pods that send to each other all the time. Who is late, lossy, doubled, slow or cut off is what
/// the object says, and all other ways between the pods are clean, as are all when it is gone.
@NeedsCluster
class NetworkChaosClusterIT {
  private static final Cluster CLUSTER = Cluster.shared();
  private static final int GROUPS = 6;
  private static final Golden GOLDEN = new Golden(NetworkChaosClusterIT.class, "networkchaos");

  private static final Map<String, String> FILES =
      Stream.of(
              "netem",
              "delay",
              "loss",
              "duplicate",
              "corrupt",
              "bandwidth",
              "partition",
              "target",
              "t1-short-delay",
              "t5-both-ends",
              "t6-overlapping")
          .collect(Collectors.toMap(name -> name, TestChaos::file));

  private static final List<Trial> TRIALS = new ArrayList<>();
  private static final List<BeaconGroup> GROUP_LIST = new ArrayList<>();
  private static final Map<BeaconGroup, BeaconLog> LOGS = new LinkedHashMap<>();
  private static InstalledSquall squall;

  /// Objects to be tried.
  ///
  /// @param yaml what is applied in a group
  /// @param hits the links that have to feel the effect
  /// @param result what came of it, and where
  private record Trial(
      String name,
      Function<BeaconGroup, String> yaml,
      Effect effect,
      Predicate<Link> hits,
      CompletableFuture<Result> result) {
    static Trial of(String name, Effect effect, Predicate<Link> hits) {
      return new Trial(name, _ -> FILES.get(name), effect, hits, new CompletableFuture<>());
    }

    static Trial of(ChaosCase chaos) {
      return new Trial(
          chaos.name(),
          group -> chaos.yaml(FILES, group.address("outside"), group.name()),
          Effect.of(chaos.action()),
          chaos::hits,
          new CompletableFuture<>());
    }
  }

  private record Result(BeaconGroup group, ChaosRun run) {}

  @BeforeAll
  static void tryAll(@TempDir Path folder) throws InterruptedException {
    install(folder);
    ChaosCase.all().stream()
        .filter(chaos -> chaos.refusal().isEmpty())
        .map(Trial::of)
        .forEach(TRIALS::add);
    TRIALS.addAll(traps());
    long start = System.nanoTime();
    Queue<Trial> open = new ConcurrentLinkedQueue<>(TRIALS);
    List<Thread> workers =
        GROUP_LIST.stream()
            .map(group -> Thread.ofPlatform().start(() -> tryNext(open, group)))
            .toList();
    for (Thread worker : workers) {
      worker.join();
    }
    System.out.printf(
        "%d objects tried in %d s%n", TRIALS.size(), (System.nanoTime() - start) / 1_000_000_000);
    for (BeaconGroup group : GROUP_LIST) {
      LOGS.put(group, group.log());
    }
  }

  private static void install(Path folder) {
    squall = InstalledSquall.install(CLUSTER, folder, Map.of("chaosMesh", "true"));
    for (int i = 0; i < GROUPS; i++) {
      GROUP_LIST.add(BeaconGroup.start(CLUSTER, InstalledSquall.image("agent")));
    }
    GROUP_LIST.forEach(BeaconGroup::begin);
    squall.nameHosts(
        GROUP_LIST.stream()
            .collect(
                Collectors.toMap(
                    group -> group.name() + "." + ChaosCase.DOMAIN,
                    group -> group.address("outside"))));
  }

  private static void tryNext(Queue<Trial> open, BeaconGroup group) {
    for (Trial trial = open.poll(); trial != null; trial = open.poll()) {
      try {
        trial.result().complete(new Result(group, group.run(trial.yaml().apply(group))));
      } catch (InterruptedException | RuntimeException | AssertionError e) {
        trial.result().completeExceptionally(e);
      }
    }
  }

  @AfterAll
  static void uninstall() {
    GROUP_LIST.forEach(BeaconGroup::close);
    squall.close();
  }

  /// The traps of Chaos Mesh that show in who is hit.
  private static List<Trial> traps() {
    Predicate<Link> webToDb = link -> link.from().equals("web") && link.to().equals("db");
    Predicate<Link> dbToWeb = link -> link.from().equals("db") && link.to().equals("web");
    return List.of(
        Trial.of("t1-short-delay", Effect.ofDelay(Duration.ofMillis(500)), webToDb),
        Trial.of("t5-both-ends", Effect.of("delay"), webToDb.or(dbToWeb)),
        Trial.of("t6-overlapping", Effect.ofDelay(Duration.ofMillis(700)), webToDb));
  }

  @TestFactory
  Stream<DynamicTest> whoIsHitIsWhatTheObjectSays() {
    return TRIALS.stream()
        .map(
            trial ->
                DynamicTest.dynamicTest(
                    trial.name(),
                    () -> {
                      Result result = result(trial);
                      result.run().judge(LOGS.get(result.group()), trial.effect(), trial.hits());
                    }));
  }

  private static Result result(Trial trial) {
    try {
      return trial.result().join();
    } catch (CompletionException e) {
      throw new AssertionError(squall.state(), e.getCause());
    }
  }

  /// Conditions, records and finalizer while faults are injected.
  @TestFactory
  Stream<DynamicTest> theStatusIsChaosMeshs() {
    return TRIALS.stream()
        .filter(
            trial ->
                List.of(
                        "delay-to-pods",
                        "loss-to-none",
                        "bandwidth-both-pods",
                        "partition-from-name-and-port",
                        "t5-both-ends")
                    .contains(trial.name()))
        .map(
            trial ->
                DynamicTest.dynamicTest(
                    trial.name(),
                    () ->
                        GOLDEN.assertSame(
                            trial.name() + ".status.yaml", result(trial).run().status())));
  }

  @Test
  void whatCannotBeDoneIsRefusedInASentence() {
    BeaconGroup group = GROUP_LIST.getFirst();
    List<ChaosCase> wrong =
        ChaosCase.all().stream().filter(chaos -> !chaos.refusal().isEmpty()).toList();
    String yaml =
        wrong.stream()
            .map(chaos -> chaos.yaml(FILES, group.address("outside"), group.name()))
            .collect(Collectors.joining("---\n"));
    List<String> answers =
        CLUSTER
            .kubectl(List.of("apply", "--dry-run=server", "-n", group.name(), "-f", "-"), yaml)
            .error()
            .lines()
            .toList();
    assertThat(wrong)
        .hasSize(60)
        .allSatisfy(
            chaos ->
                assertThat(answers)
                    .filteredOn(line -> line.contains("\"%s\" is invalid: ".formatted(chaos)))
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .contains(chaos.refusal()));
  }
}
