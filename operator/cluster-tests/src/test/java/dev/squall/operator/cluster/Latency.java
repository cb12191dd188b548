// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import dev.squall.operator.api.v1alpha1.ExperimentResource;
import dev.squall.operator.api.v1alpha1.ExperimentStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/// How long it takes from a request to the API server until packets are hit, and until none is any
/// more, as the pod notices it by the answers that it misses.
///
/// @param pod loses what it sends
/// @param peer answers its pings
record Latency(TestPod pod, TestPod peer) {
  private static final Duration SILENCE = Duration.ofMillis(60);
  private static final Duration A_WHILE = Duration.ofMillis(300);
  private static final Duration POLL = Duration.ofMillis(10);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String EXPERIMENT =
      """
      apiVersion: squall.dev/v1alpha1
      kind: Experiment
      metadata: {name: %s, namespace: %s}
      spec:
        targets: [{selector: {labels: {app: %s}}}]
        faults: [{loss: 100%%}]
        traffic: {direction: egress}
      """;

  /// When one run was applied, deleted and gone.
  private record Run(Instant applied, Instant deleted, Instant gone) {}

  /// What was measured, each sorted.
  record Times(List<Duration> untilHit, List<Duration> untilSpared, List<Duration> untilGone) {
    /// As a Markdown table.
    String table() {
      return """
          | from, to | half of them within | 99 of 100 within |
          |---|---|---|
          | apply, first packet hit | %s | %s |
          | delete, last packet hit | %s | %s |
          | delete, object gone | %s | %s |
          """
          .formatted(
              text(untilHit, 50),
              text(untilHit, 99),
              text(untilSpared, 50),
              text(untilSpared, 99),
              text(untilGone, 50),
              text(untilGone, 99));
    }

    /// What so many of a hundred do not exceed, from apply until the first packet is hit.
    Duration untilHit(int percent) {
      return percentile(untilHit, percent);
    }

    /// The same from delete until the last packet is hit.
    Duration untilSpared(int percent) {
      return percentile(untilSpared, percent);
    }

    /// The same from delete until the object is gone.
    Duration untilGone(int percent) {
      return percentile(untilGone, percent);
    }

    private static String text(List<Duration> sorted, int percent) {
      return String.format(Locale.ROOT, "%,d ms", percentile(sorted, percent).toMillis());
    }

    private static Duration percentile(List<Duration> sorted, int percent) {
      return sorted.get((sorted.size() * percent + 99) / 100 - 1);
    }
  }

  /// Applies and deletes an Experiment again and again.
  ///
  /// @param label of the pod, the value of `app`
  Times measure(String label, int count) {
    List<Run> runs = new ArrayList<>();
    List<PingStream.Answer> answers;
    try (PingStream stream = PingStream.from(pod, peer.address())) {
      pause(A_WHILE);
      for (int i = 0; i < count; i++) {
        runs.add(run(stream, EXPERIMENT.formatted("latency-" + i, pod.namespace(), label)));
      }
      answers = stream.answers();
    }
    List<PingStream.Gap> gaps =
        runs.stream().map(run -> PingStream.gap(answers, run.applied())).toList();
    List<Duration> untilHit = new ArrayList<>();
    List<Duration> untilSpared = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (gaps.get(i).first().isAfter(runs.get(i).deleted())) {
        throw new AssertionError("no packet was hit: " + runs.get(i) + ", " + gaps.get(i));
      }
      untilHit.add(Duration.between(runs.get(i).applied(), gaps.get(i).first()));
      untilSpared.add(Duration.between(runs.get(i).deleted(), gaps.get(i).last()));
    }
    return new Times(
        untilHit.stream().sorted().toList(),
        untilSpared.stream().sorted().toList(),
        runs.stream().map(run -> Duration.between(run.deleted(), run.gone())).sorted().toList());
  }

  private Run run(PingStream stream, String yaml) {
    KubernetesClient client = pod.cluster().client();
    ExperimentResource object =
        client.getKubernetesSerialization().unmarshal(yaml, ExperimentResource.class);
    object.setStatus(null);
    Resource<ExperimentResource> experiment = client.resource(object);
    Instant applied = Instant.now();
    experiment.create();
    await(() -> isInjecting(experiment.get()));
    pause(A_WHILE);
    Instant deleted = Instant.now();
    experiment.delete();
    await(() -> experiment.get() == null);
    Instant gone = Instant.now();
    await(() -> !stream.isSilent(SILENCE));
    pause(A_WHILE);
    return new Run(applied, deleted, gone);
  }

  /// What the status says decides when to go on, not what is measured.
  private static boolean isInjecting(ExperimentResource experiment) {
    ExperimentStatus status = experiment.getStatus();
    return status != null
        && status.reach().pods() != null
        && status.reach().pods().injecting() == 1;
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(PATIENCE).pollInterval(POLL).until(condition);
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
