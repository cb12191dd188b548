// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.cli.cluster.ObjectType;
import dev.squall.cli.console.ExitStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplyTest {
  private static final String EXPERIMENT =
      """
      apiVersion: squall.dev/v1alpha1
      kind: Experiment
      metadata:
        name: web
      spec:
        targets:
          - selector:
              labels: {app: web}
        faults:
          - loss: 5%
        duration: 30s
      """;

  private static final String NETWORK_CHAOS =
      """
      apiVersion: chaos-mesh.org/v1alpha1
      kind: NetworkChaos
      metadata: {name: old, namespace: legacy}
      spec: {whatever: true}
      """;

  private final Call call = new Call();

  private ExitStatus apply(String text, String words) {
    call.engine.input = text;
    return call.squall("apply -f -" + words);
  }

  @Test
  void eachObjectIsAppliedWhereItBelongs() {
    assertThat(apply(EXPERIMENT + "---\n" + NETWORK_CHAOS, "")).isEqualTo(ExitStatus.OK);
    assertThat(call.out())
        .isEqualTo(
            """
            experiment.squall.dev/web created
            networkchaos.chaos-mesh.org/old created
            """);
    assertThat(call.engine.cluster.get(ObjectType.EXPERIMENT, "shop", "web").path("spec"))
        .isNotEmpty();
    assertThat(call.engine.cluster.get(ObjectType.NETWORK_CHAOS, "legacy", "old").path("spec"))
        .isNotEmpty();
  }

  @Test
  void aSecondTimeNothingChanges() {
    apply(EXPERIMENT, " -n db --context prod");
    apply(EXPERIMENT, " -n db --context prod");

    assertThat(call.out()).endsWith("web created\nexperiment.squall.dev/web unchanged\n");
    assertThat(call.engine.cluster.get(ObjectType.EXPERIMENT, "db", "web")).isNotEmpty();
    assertThat(call.engine.choice).extracting("context").isEqualTo("prod");
  }

  @Test
  void aProblemIsNamedByItsLineAndNothingIsApplied() {
    String wrong = EXPERIMENT.replace("5%", "500%").replace("30s", "30");

    assertThat(apply(NETWORK_CHAOS + "---\n" + wrong, "")).isEqualTo(ExitStatus.USAGE);
    assertThat(call.err())
        .startsWith("-:15: spec.faults[0].loss: 500%: ")
        .contains("\n-:16: spec.duration: 30: ");
    assertThat(call.engine.cluster.objects).isEmpty();
    assertThat(call.engine.choice).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          kind: Pod                                                   | -:1: kind: Pod of no apiVersion: squall applies Experiment,
          '{apiVersion: squall.dev/v1alpha1, kind: SquallPolicy}'     | -:1: metadata: write a name, as in metadata: {name: checkout}
          'a: [1'                                                     | -:1:
          'a: 1\na: 2'                                                | -:2: Duplicate field 'a'
          ''                                                          | -: there is no object in it
          just words                                                  | -:1: kind: an object without a kind of no apiVersion:
          """)
  void whatIsNoExperimentIsRefused(String text, String problem) {
    assertThat(apply(text.replace("\\n", "\n"), "")).isEqualTo(ExitStatus.USAGE);
    assertThat(call.err()).startsWith(problem);
  }

  @Test
  void aNamespaceThatContradictsTheObjectIsRefused() {
    assertThat(apply(NETWORK_CHAOS, " -n shop")).isEqualTo(ExitStatus.USAGE);
    assertThat(call.err())
        .isEqualTo("-:3: metadata.namespace: legacy, but --namespace says shop\n");
    assertThat(call.engine.cluster.objects).isEmpty();
  }

  @Test
  void aFileIsNamed(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("x.yaml"), EXPERIMENT.replace("5%", "0%"));

    assertThat(call.squall("apply -f " + file)).isEqualTo(ExitStatus.USAGE);
    assertThat(call.err()).startsWith(file + ":10: spec.faults[0].loss: 0%: ");
    assertThat(call.squall("apply -f " + folder.resolve("none"))).isEqualTo(ExitStatus.USAGE);
    assertThat(call.err()).contains("none: there is no such file of text");
  }
}
