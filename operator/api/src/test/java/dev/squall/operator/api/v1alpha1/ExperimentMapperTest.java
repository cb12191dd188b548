// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.squall.experiment.Budget;
import dev.squall.experiment.cluster.BlastRadius;
import dev.squall.experiment.cluster.ClusterExperiment;
import dev.squall.experiment.cluster.ClusterPeer;
import dev.squall.experiment.cluster.Membership;
import dev.squall.experiment.cluster.PodMode;
import dev.squall.experiment.cluster.PodSelector;
import dev.squall.experiment.cluster.PodSelector.LabelRequirement;
import dev.squall.experiment.cluster.PodSelector.Operator;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ExperimentMapperTest {
  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  private static final String SMALLEST =
      "{targets: [{selector: {labels: {app: web}}}], faults: [{loss: 5%}]}";

  @Test
  void theSmallestExperimentHasTheUsualValues() {
    ClusterExperiment experiment = experiment(SMALLEST);

    assertThat(experiment.duration()).isNull();
    assertThat(experiment.budget()).isEqualTo(Budget.UNLIMITED);
    assertThat(experiment.seed()).isNull();
    assertThat(experiment.membership()).isEqualTo(Membership.DYNAMIC);
    assertThat(experiment.blastRadius()).isEqualTo(BlastRadius.UNLIMITED);
    assertThat(experiment.dryRun()).isFalse();
    assertThat(experiment.parts().getFirst().pods().mode()).isEqualTo(new PodMode.All());
  }

  @Test
  void withoutNamespacesTheOwnOneIsMeant() {
    PodSelector selector = experiment(SMALLEST).parts().getFirst().pods().selector();

    assertThat(((PodSelector.Matching) selector).namespaces()).containsExactly("own");
  }

  @Test
  void labelsAreEqual() {
    PodSelector selector = experiment(SMALLEST).parts().getFirst().pods().selector();

    assertThat(((PodSelector.Matching) selector).labels())
        .containsExactly(new LabelRequirement("app", Operator.IN, List.of("web")));
  }

  @Test
  void peersWithoutNamespaceAreInTheOwnOne() {
    String spec =
        SMALLEST.replace(
            "faults:",
            "traffic: {peers: [{service: {name: db}}, {httpRoute: {name: r}}]}, faults:");

    assertThat(experiment(spec).parts().getFirst().peers())
        .containsExactly(
            new ClusterPeer.Service("own", "db"), new ClusterPeer.Route("HTTPRoute", "own", "r"));
  }

  @Test
  void theFullObjectMeansWhatItSays() {
    ClusterExperiment experiment = ExperimentMapper.experiment(read(Resources.full("experiment")));

    assertThat(experiment.duration()).isEqualTo(Duration.ofSeconds(90));
    assertThat(experiment.parts()).hasSize(2);
    assertThat(experiment.parts().getFirst().faults()).hasSize(12);
    assertThat(experiment.parts().getFirst().networkInterface()).isEqualTo("eth0");
    assertThat(experiment.parts().getFirst().traffic().peers().included()).hasSize(3);
    assertThat(experiment.parts().getFirst().peers()).hasSize(5);
  }

  @Test
  void theExampleInTheReferenceIsAnExperiment() throws IOException {
    String page = Files.readString(Path.of("../../docs/reference/resources.md"));
    String example = page.split("```", -1)[1].replaceFirst("yml", "");

    ClusterExperiment experiment =
        ExperimentMapper.experiment(SERIALIZATION.unmarshal(example, ExperimentResource.class));

    assertThat(experiment.duration()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void theTemplateOfAScheduleIsAnExperiment() {
    JsonNode full = Resources.full("experimentschedule");
    ExperimentSchedule schedule =
        SERIALIZATION.unmarshal(full.toString(), ExperimentSchedule.class);

    assertThat(ExperimentMapper.template(schedule).duration()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void problemsOfATemplateAreInTheTemplate() {
    ObjectNode full = Resources.full("experimentschedule").deepCopy();
    full.withObject("/spec/template").put("duration", "1w");
    ExperimentSchedule schedule =
        SERIALIZATION.unmarshal(full.toString(), ExperimentSchedule.class);

    InvalidResourceException refused =
        catchThrowableOfType(
            InvalidResourceException.class, () -> ExperimentMapper.template(schedule));

    assertThat(refused.problems().getFirst().path()).isEqualTo("spec.template.duration");
  }

  @TestFactory
  Stream<DynamicTest> whatTheApiServerRefusesIsRefusedHereTooWithItsPath() {
    return Resources.wrong("experiment").stream()
        .filter(wrong -> !isOnlyForTheApiServer(wrong))
        .map(
            wrong ->
                dynamicTest(
                    wrong.path() + ": " + wrong.value(),
                    () -> requireRefused(wrong, wrong.in(Resources.full("experiment")))));
  }

  @Test
  void allProblemsAreToldWithTheirPaths() {
    String spec =
        """
        targets: [{selector: {labels: {app: web}}, mode: fixed}]
        faults: [{loss: 5%}, {loss: "5", jiter: 1ms}, {delay: 1s, jitter: 1h}]
        traffic: {localPorts: [80, 0], peers: [{host: a.example}, {address: "1.2.3"}]}
        duration: 1w
        blastRadius: {share: some}
        """;

    assertThat(problems(spec))
        .extracting(FieldProblem::path)
        .containsExactlyInAnyOrder(
            "spec.targets[0].value",
            "spec.faults[1].loss",
            "spec.faults[1].jiter",
            "spec.faults[2].jitter",
            "spec.traffic.localPorts[1]",
            "spec.traffic.peers[1].address",
            "spec.duration",
            "spec.blastRadius.share");
  }

  @Test
  void theMessageIsTheOneOfTheFileFormatWithoutTheKey() {
    assertThat(problems(SMALLEST.replace("5%", "\"5\"")))
        .containsExactly(
            new FieldProblem(
                "spec.faults[0].loss", "5: a percentage is written with its sign, as in 5%"));
  }

  @Test
  void linesInTextDoNotShiftTheOthers() {
    String spec =
        "{targets: [{selector: {}}], faults: [{dnsFail: nxdomain, names: [\"a\\u2028\\u0085\\nb\"]},"
            + " {loss: \"5\"}]}";

    assertThat(problems(spec))
        .extracting(FieldProblem::path)
        .containsExactly("spec.faults[0].names[0]", "spec.faults[1].loss");
  }

  /// Otherwise that there is no such file would be a second problem.
  @Test
  void aTableOfJitterIsNotLookedFor() {
    String fault = "{delay: 1s, jitter: 1ms, distribution: /nowhere/my.dist}";

    assertThat(problems(SMALLEST.replace("{loss: 5%}", fault)))
        .containsExactly(
            new FieldProblem(
                "spec.faults[0].distribution",
                "/nowhere/my.dist: write uniform, normal, pareto, paretonormal; a table is a file"
                    + " of one host"));
  }

  private static boolean isOnlyForTheApiServer(Resources.Wrong wrong) {
    boolean name =
        wrong.at().matches(".*/(namespaces?|names|labels|nodeLabels|fields|phases|service)")
            && !wrong.says().startsWith("names stands alone")
            && !wrong.at().startsWith("/spec/faults");
    return name || wrong.at().equals("/spec/dryRun") || wrong.at().equals("/spec/seed");
  }

  /// Where faults contradict each other or the traffic, the traffic is blamed.
  private static void requireRefused(Resources.Wrong wrong, JsonNode object) {
    InvalidResourceException refused =
        catchThrowableOfType(
            InvalidResourceException.class, () -> ExperimentMapper.experiment(read(object)));

    assertThat(refused).as("refusal").isNotNull();
    assertThat(refused.problems())
        .as(refused.getMessage())
        .anyMatch(
            problem ->
                problem.path().startsWith(wrong.parent())
                    || wrong.parent().startsWith(problem.path())
                    || problem.path().equals("spec.traffic"));
  }

  private static ClusterExperiment experiment(String spec) {
    try {
      ObjectNode resource = Resources.full("experiment").deepCopy();
      resource.withObject("/metadata").put("namespace", "own");
      resource.set("spec", Resources.YAML.readTree(spec));
      return ExperimentMapper.experiment(read(resource));
    } catch (IOException e) {
      throw new IllegalArgumentException(spec, e);
    }
  }

  private static List<FieldProblem> problems(String spec) {
    return catchThrowableOfType(InvalidResourceException.class, () -> experiment(spec)).problems();
  }

  private static ExperimentResource read(JsonNode resource) {
    return SERIALIZATION.unmarshal(resource.toString(), ExperimentResource.class);
  }
}
