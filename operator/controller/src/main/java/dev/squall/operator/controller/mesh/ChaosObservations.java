// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.mesh;

import dev.squall.operator.api.chaosmesh.ChaosObservation;
import dev.squall.operator.api.chaosmesh.ChaosObservation.ObservedPod;
import dev.squall.operator.api.chaosmesh.ChaosStatus;
import dev.squall.operator.api.chaosmesh.ChaosStatus.DesiredPhase;
import dev.squall.operator.api.v1alpha1.PodFault;
import dev.squall.operator.controller.plan.FoundPeers;
import dev.squall.operator.controller.run.RunReport;
import dev.squall.operator.controller.run.RunReport.Phase;
import dev.squall.operator.controller.view.PodRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How far a NetworkChaos has come, in the words of Chaos Mesh.
///
/// @param before the status that it has
/// @param remarks on what its fields mean here
record ChaosObservations(
    RunReport report, ChaosStatus before, boolean paused, List<String> remarks, Instant now) {

  ChaosObservation observation() {
    boolean running =
        !paused && (report.phase() == Phase.RUNNING || report.phase() == Phase.PENDING);
    List<String> said = new ArrayList<>(remarks);
    if (report.why() != null) {
      said.add(report.why().message());
    }
    report.peers().values().stream()
        .flatMap(peers -> peers.missing().stream())
        .distinct()
        .forEach(said::add);
    report.chosen().values().stream()
        .flatMap(chosen -> chosen.unable().stream())
        .limit(5)
        .map(unable -> "Pod %s %s.".formatted(unable.pod().identity().path(), unable.reason()))
        .forEach(said::add);
    return new ChaosObservation(
        running ? DesiredPhase.RUN : DesiredPhase.STOP,
        paused,
        report.phase() == Phase.PENDING ? List.of() : pods(),
        said,
        now);
  }

  private List<ObservedPod> pods() {
    Map<String, ObservedPod> pods = new LinkedHashMap<>();
    if (report.chosen().isEmpty()) {
      before
          .experiment()
          .containerRecords()
          .forEach(known -> add(pods, known.id(), known.selectorKey(), null));
      return List.copyOf(pods.values());
    }
    report
        .chosen()
        .forEach(
            (part, chosen) ->
                chosen
                    .pods()
                    .forEach(
                        pod ->
                            add(
                                pods,
                                pod.identity().path(),
                                ChaosObservation.selectorKey(part),
                                report.nodes().generations().get(pod.traits().node()))));
    report.peers().forEach((part, peers) -> addPeers(pods, part, peers));
    return List.copyOf(pods.values());
  }

  /// The other end of what is done to others.
  private void addPeers(Map<String, ObservedPod> pods, String part, FoundPeers peers) {
    boolean ofSource = ChaosObservation.selectorKey(part).equals(ChaosObservation.SOURCE);
    String key = ofSource ? ChaosObservation.TARGET : ChaosObservation.SOURCE;
    for (PodRecord pod : peers.pods()) {
      String id = pod.identity().path();
      pods.putIfAbsent(id + " " + key, new ObservedPod(id, key, null, null));
    }
  }

  private void add(
      Map<String, ObservedPod> pods, String id, String key, @Nullable Long generation) {
    List<PodFault> rows =
        report.nodes().rows().stream()
            .filter(row -> ChaosObservation.selectorKey(row.part()).equals(key))
            .filter(row -> id.equals(row.pod().namespace() + "/" + row.pod().name()))
            .toList();
    boolean over = report.phase() == Phase.ENDED;
    pods.putIfAbsent(id + " " + key, new ObservedPod(id, key, generation, over ? null : rows));
  }
}
