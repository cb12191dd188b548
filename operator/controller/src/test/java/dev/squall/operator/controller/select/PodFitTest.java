// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.squall.experiment.cluster.PodSelector;
import dev.squall.experiment.cluster.PodSelector.LabelRequirement;
import dev.squall.experiment.cluster.PodSelector.NodeChoice;
import dev.squall.experiment.cluster.PodSelector.Operator;
import dev.squall.operator.controller.view.GivenCluster;
import dev.squall.operator.controller.view.GivenPods;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each way to select, alone. The pods are web-1 on n1 and web-2 on n2, both running.
class PodFitTest {
  private final GivenCluster cluster = new GivenCluster();

  PodFitTest() {
    cluster.add(GivenPods.running("web-1", "n1", "10.0.0.1"));
    cluster.add(GivenPods.running("web-2", "n2", "10.0.0.2"));
    cluster.add(
        new NodeBuilder()
            .withNewMetadata()
            .withName("n2")
            .addToLabels("disk", "ssd")
            .endMetadata()
            .build());
  }

  private List<String> find(PodSelector selector) {
    return PodFit.find(selector, cluster).stream().map(pod -> pod.identity().name()).toList();
  }

  private static PodSelector.Matching labels(LabelRequirement... labels) {
    return new PodSelector.Matching(
        List.of("shop"), List.of(labels), Map.of(), Map.of(), NodeChoice.ANY, List.of());
  }

  private static PodSelector nodes(List<String> names, Map<String, String> labels) {
    return new PodSelector.Matching(
        List.of("shop"), List.of(), Map.of(), Map.of(), new NodeChoice(names, labels), List.of());
  }

  private static PodSelector fields(Map<String, String> fields) {
    return new PodSelector.Matching(
        List.of("shop"), List.of(), Map.of(), fields, NodeChoice.ANY, List.of());
  }

  @Test
  void byName() {
    assertThat(
            find(
                new PodSelector.Named(
                    Map.of("shop", List.of("web-2", "none"), "other", List.of("web-1")))))
        .containsExactly("web-2");
  }

  @Test
  void byLabel() {
    assertThat(find(labels(new LabelRequirement("app", Operator.IN, List.of("web", "db")))))
        .hasSize(2);
    assertThat(find(labels(new LabelRequirement("app", Operator.NOT_IN, List.of("web")))))
        .isEmpty();
    assertThat(find(labels(new LabelRequirement("tier", Operator.DOES_NOT_EXIST, List.of()))))
        .hasSize(2);
  }

  @Test
  void byNodeNameOrLabelEitherIsEnough() {
    assertThat(find(nodes(List.of("n1"), Map.of()))).containsExactly("web-1");
    assertThat(find(nodes(List.of(), Map.of("disk", "ssd")))).containsExactly("web-2");
    assertThat(find(nodes(List.of("n1"), Map.of("disk", "ssd")))).hasSize(2);
    assertThat(find(nodes(List.of(), Map.of("disk", "hdd")))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "metadata.name, web-1, 1",
    "metadata.namespace, shop, 2",
    "spec.nodeName, n2, 1",
    "spec.restartPolicy, Always, 2",
    "spec.schedulerName, other, 0",
    "spec.serviceAccountName, default, 2",
    "status.phase, Running, 2",
    "status.podIP, 10.0.0.2, 1",
    "status.nominatedNodeName, n9, 0"
  })
  void byField(String field, String value, int pods) {
    assertThat(find(fields(Map.of(field, value)))).hasSize(pods);
  }

  @Test
  void everyFieldThatMayBeNamedIsKnown() {
    assertThat(PodSelector.FIELDS).allSatisfy(field -> find(fields(Map.of(field, "x"))));
  }

  @Test
  void anUnknownFieldIsRefusedWithTheKnownOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> find(fields(Map.of("spec.hostname", "x"))))
        .withMessageContaining("spec.hostname")
        .withMessageContaining("spec.nodeName");
  }

  @ParameterizedTest
  @CsvSource({
    "Running, 2",
    "Pending, 0",
    "!Running, 0",
    "!Pending, 2",
    "Pending|Running, 2",
    "Running|!Running, 0"
  })
  void byPhase(String phases, int pods) {
    PodSelector selector =
        new PodSelector.Matching(
            List.of("shop"),
            List.of(),
            Map.of(),
            Map.of(),
            NodeChoice.ANY,
            List.of(phases.split("\\|")));
    assertThat(find(selector)).hasSize(pods);
  }
}
