// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.chaosmesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.operator.api.Golden;
import dev.squall.operator.api.chaosmesh.ChaosObservation.ObservedPod;
import dev.squall.operator.api.chaosmesh.ChaosStatus.DesiredPhase;
import dev.squall.operator.api.v1alpha1.PodFault;
import dev.squall.operator.api.v1alpha1.PodFault.PodReference;
import dev.squall.operator.api.v1alpha1.PodFault.Timeline;
import io.fabric8.chaosmesh.v1alpha1.NetworkChaos;
import io.fabric8.chaosmesh.v1alpha1.NetworkChaosStatus;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ChaosProgressTest {
  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private record Story(List<Step> steps) {}

  private record Step(
      DesiredPhase desired,
      boolean paused,
      String now,
      List<Pod> pods,
      @Nullable List<String> remarks) {
    ChaosObservation observation() {
      return new ChaosObservation(
          desired,
          paused,
          pods.stream().map(Pod::observed).toList(),
          0,
          remarks == null ? List.of() : remarks,
          Instant.parse("2026-05-01T" + now + "Z"));
    }
  }

  private record Pod(String id, String key, @Nullable Long generation, @Nullable List<Row> rows) {
    ObservedPod observed() {
      return new ObservedPod(
          id, key, generation, rows == null ? null : rows.stream().map(Row::fault).toList());
    }
  }

  private record Row(PodFault.Phase phase, @Nullable String message, @Nullable String injected) {
    PodFault fault() {
      return new PodFault(
          new PodReference("shop", "web-1", "1"),
          "source",
          phase,
          message,
          new Timeline(injected, null, null),
          List.of());
    }
  }

  /// What a status becomes, step by step; only what changes is written.
  @TestFactory
  Stream<DynamicTest> goesAsTheFolderSays() {
    return new Golden(ChaosProgressTest.class, "progress").tests("in.yaml", ChaosProgressTest::run);
  }

  private static String run(String text) {
    StringBuilder out = new StringBuilder();
    ChaosStatus status = ChaosStatus.EMPTY;
    for (Step step : SERIALIZATION.unmarshal(text, Story.class).steps()) {
      ChaosStatus next = ChaosProgress.next(throughTheModel(status), step.observation());
      out.append("# ").append(step.now()).append('\n').append(SERIALIZATION.asYaml(next));
      assertThat(ChaosProgress.next(throughTheModel(next), step.observation()))
          .as("seen once more")
          .isEqualTo(next);
      status = next;
    }
    return out.toString();
  }

  /// As it comes back from the API server.
  private static ChaosStatus throughTheModel(ChaosStatus status) {
    NetworkChaos chaos = new NetworkChaos();
    chaos.setStatus(SERIALIZATION.convertValue(status, NetworkChaosStatus.class));
    return ChaosStatus.of(chaos, SERIALIZATION);
  }

  @Test
  void anObjectWithoutStatusIsAsOneThatNobodyHasLookedAt() {
    assertThat(ChaosStatus.of(new NetworkChaos(), SERIALIZATION)).isEqualTo(ChaosStatus.EMPTY);
  }

  @Test
  void theStatusOfThousandsOfPodsStaysSmall() {
    ChaosStatus status = ChaosStatus.EMPTY;
    for (int round = 0; round < 30; round++) {
      String message = round + " " + "why ".repeat(100);
      Row row =
          round % 3 == 0
              ? new Row(PodFault.Phase.Refused, message, null)
              : new Row(PodFault.Phase.Injecting, null, "2026-05-01T12:00:00Z");
      status = ChaosProgress.next(status, thousands(row));
    }
    assertThat(SERIALIZATION.asJson(status).getBytes(StandardCharsets.UTF_8).length)
        .isLessThan(100_000);
    assertThat(status.conditions().getFirst().reason())
        .isEqualTo("6000 pods, of which 150 are listed");
  }

  private static ChaosObservation thousands(Row row) {
    String name = "x".repeat(30);
    return new ChaosObservation(
        DesiredPhase.RUN,
        false,
        IntStream.range(0, 6000)
            .mapToObj(n -> new Pod(name + "/" + name + n, ".", 1L, List.of(row)).observed())
            .toList(),
        0,
        List.of(),
        NOON);
  }

  /// Of thousands of pods not all have a record that could tell.
  @Test
  void itIsNotRecoveredWhileANodeHasNotConfirmed() {
    ChaosObservation ending =
        new ChaosObservation(DesiredPhase.STOP, false, List.of(), 2, List.of(), NOON);

    ChaosStatus status = ChaosProgress.next(ChaosStatus.EMPTY, ending);

    assertThat(status.hasEnded()).isFalse();
    assertThat(status.conditions())
        .contains(
            new ChaosStatus.Condition(
                "AllRecovered", "False", "not confirmed yet by 2 of the nodes"));
  }

  @Test
  void podsThatAreRefusedAreListedFirst() {
    List<ObservedPod> pods =
        IntStream.range(0, 1000)
            .mapToObj(
                n ->
                    new Pod(
                            "shop/web-" + n,
                            ".",
                            1L,
                            List.of(
                                new Row(
                                    n == 999 ? PodFault.Phase.Refused : PodFault.Phase.Injecting,
                                    "hostNetwork",
                                    null)))
                        .observed())
            .toList();

    ChaosStatus status =
        ChaosProgress.next(
            ChaosStatus.EMPTY,
            new ChaosObservation(DesiredPhase.RUN, false, pods, 0, List.of(), NOON));

    assertThat(status.experiment().containerRecords().getFirst().id()).isEqualTo("shop/web-999");
    assertThat(status.conditions().get(1).reason())
        .isEqualTo("999 of 1000 pods, refused: hostNetwork");
  }
}
