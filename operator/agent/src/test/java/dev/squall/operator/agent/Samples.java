// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import dev.squall.experiment.FakeInjection;
import dev.squall.experiment.file.ExperimentFile;
import dev.squall.fault.Counters;
import dev.squall.fault.DelayHistogram;
import dev.squall.fault.Injection;
import dev.squall.fault.Loss;
import dev.squall.fault.PacketCount;
import dev.squall.fault.RuleReport;
import dev.squall.operator.api.v1alpha1.ExperimentReference;
import dev.squall.operator.api.v1alpha1.NodeFault;
import dev.squall.operator.api.v1alpha1.NodeFaultSpec;
import dev.squall.operator.api.v1alpha1.NodeFaultStatus;
import dev.squall.target.Direction;
import dev.squall.target.Target;
import dev.squall.unit.Percentage;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What tests of the agent talk about: pods, documents, NodeFaults.
final class Samples {
  static final String WEB = "00000000-0000-0000-0000-000000000001";
  static final String DB = "00000000-0000-0000-0000-000000000002";
  static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  static final Instant LONG_AGO = START.minusSeconds(3600);

  private Samples() {}

  static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  static String document(String fault, String... pods) {
    StringBuilder text = new StringBuilder("targets:\n");
    for (String pod : pods) {
      text.append("  - pod: ").append(pod).append("\n    podName: shop/p").append(pod.charAt(35));
      text.append('\n');
    }
    return text.append("faults:\n  - ").append(fault).append('\n').toString();
  }

  static NodeFaultSpec.Part part(String name, String document) {
    return new NodeFaultSpec.Part(name, document, false, null);
  }

  static NodeFaultSpec spec(Duration length, boolean stop, NodeFaultSpec.Part... parts) {
    return new NodeFaultSpec(
        "n1",
        new ExperimentReference("Experiment", "shop", "e", "u"),
        START.toString(),
        length.toMillis(),
        stop,
        List.of(parts));
  }

  static NodeFault nodeFault(String uid, long generation, NodeFaultSpec spec) {
    NodeFault nodeFault = new NodeFault();
    nodeFault.setMetadata(
        new ObjectMetaBuilder()
            .withName("nf-" + uid)
            .withNamespace("squall-system")
            .withUid(uid)
            .withGeneration(generation)
            .build());
    nodeFault.setSpec(spec);
    return nodeFault;
  }

  static NodeFault with(NodeFault nodeFault, NodeFaultStatus status) {
    nodeFault.setStatus(status);
    return nodeFault;
  }

  static WantedInjection wanted(String fault) {
    Target.Pod pod = new Target.Pod(WEB, "shop/p1", null);
    return new WantedInjection(
        pod, ExperimentFile.parse("test", document(fault, WEB)).getFirst(), false, null);
  }

  /// One of which the kernel has counted this.
  static Injection injection(RuleReport report) {
    return new FakeInjection().reports(List.of(report));
  }

  /// What the kernel counts of a loss of 5%, in packets that are two segments each.
  static RuleReport report(Direction direction, long matched, long hit) {
    return new RuleReport(
        new Loss(Percentage.parse("5%")),
        direction,
        new Target.Pod(WEB, null, null),
        "eth0",
        new Counters(
            new PacketCount(matched, 2 * matched),
            new PacketCount(hit, 2 * hit),
            100 * hit,
            Counters.Others.NONE,
            hit == 0 ? null : new Counters.Span(START, START.plusSeconds(hit))),
        DelayHistogram.EMPTY);
  }
}
