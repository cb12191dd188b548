// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.mesh;

import dev.squall.operator.api.chaosmesh.ChaosObservation;
import dev.squall.operator.api.chaosmesh.ChaosObservation.ObservedPod;
import dev.squall.operator.api.chaosmesh.ChaosStatus;
import dev.squall.operator.api.chaosmesh.ChaosStatus.DesiredPhase;
import dev.squall.operator.api.v1alpha1.PodFault;
import dev.squall.operator.api.v1alpha1.PodFault.PodReference;
import dev.squall.operator.controller.plan.FoundPeers;
import dev.squall.operator.controller.run.RunReport;
import dev.squall.operator.controller.run.RunReport.Phase;
import dev.squall.operator.controller.view.PodRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// How far a NetworkChaos has come, in the words of Chaos Mesh.
///
/// @param before the status that it has
/// @param paused whether its annotation says so
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
        // The annotation may stay for ever, and nothing goes on when it is gone.
        paused && report.phase() != Phase.ENDED,
        report.phase() == Phase.PENDING ? List.of() : pods(),
        report.phase() == Phase.ENDING ? report.nodes().going().size() : 0,
        said,
        now);
  }

  private List<ObservedPod> pods() {
    Map<String, ObservedPod> pods = new LinkedHashMap<>();
    if (report.chosen().isEmpty()) {
      addKnown(pods);
    } else {
      addChosen(pods);
      report.peers().forEach((part, peers) -> addPeers(pods, part, peers));
    }
    return List.copyOf(pods.values());
  }

  /// Pods are not looked for any more. Records have no UID: as long as a pod that had the name is
  /// under faults, its record is.
  private void addKnown(Map<String, ObservedPod> pods) {
    boolean over = report.phase() == Phase.ENDED;
    Map<String, List<PodFault>> rows = rows(pod -> pod.namespace() + "/" + pod.name());
    for (ChaosStatus.PodRecord known : before.experiment().containerRecords()) {
      String id = known.id();
      String key = known.selectorKey();
      List<PodFault> said = rows.getOrDefault(key(id, key), List.of());
      add(pods, new ObservedPod(id, key, null, over ? null : said));
    }
  }

  /// A row of an earlier pod of the same name says nothing about the one that is chosen.
  private void addChosen(Map<String, ObservedPod> pods) {
    Map<String, List<PodFault>> rows = rows(PodReference::uid);
    Map<String, Long> generations = report.nodes().generations();
    report
        .chosen()
        .forEach(
            (part, chosen) -> {
              String key = ChaosObservation.selectorKey(part);
              for (PodRecord pod : chosen.pods()) {
                add(
                    pods,
                    new ObservedPod(
                        pod.identity().path(),
                        key,
                        generations.get(pod.traits().node()),
                        rows.getOrDefault(key(pod.uidOnNode(), key), List.of())));
              }
            });
  }

  /// The other end of what is done to others.
  private void addPeers(Map<String, ObservedPod> pods, String part, FoundPeers peers) {
    boolean ofSource = ChaosObservation.selectorKey(part).equals(ChaosObservation.SOURCE);
    String key = ofSource ? ChaosObservation.TARGET : ChaosObservation.SOURCE;
    for (PodRecord pod : peers.pods()) {
      add(pods, new ObservedPod(pod.identity().path(), key, null, null));
    }
  }

  /// The first one counts.
  private static void add(Map<String, ObservedPod> pods, ObservedPod pod) {
    pods.putIfAbsent(key(pod.id(), pod.selectorKey()), pod);
  }

  /// What the nodes say, by pod and selector key.
  ///
  /// @param name by which pods are told apart
  private Map<String, List<PodFault>> rows(Function<PodReference, String> name) {
    return report.nodes().rows().stream()
        .collect(
            Collectors.groupingBy(
                row -> key(name.apply(row.pod()), ChaosObservation.selectorKey(row.part()))));
  }

  private static String key(String pod, String selectorKey) {
    return pod + " " + selectorKey;
  }
}
