// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.squall.cli.cluster.Experiments;
import dev.squall.cli.cluster.ObjectType;
import dev.squall.cli.console.ExitStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `stop`, `pause` and `resume` with experiments of a cluster.
class ClusterControlTest {
  private final Call call = new Call();
  private final FakeCluster cluster = call.engine.cluster;

  @BeforeEach
  void twoExperiments() {
    cluster.put(ShopObjects.EXPERIMENT);
    cluster.put(ShopObjects.NETWORK_CHAOS);
  }

  private ObjectNode experiment() {
    return cluster.get(ObjectType.EXPERIMENT, "shop", "web");
  }

  @Test
  void stopWaitsUntilTheFaultsHaveEndedAndSaysWhatTheyDid() {
    experiment().withObject("/metadata").putArray("finalizers").add("squall.dev/experiment");
    cluster.put(ShopObjects.NODE_FAULT);
    call.engine.ticker.whileWaiting(() -> cluster.objects.remove(Experiments.key(experiment())));

    assertThat(call.squall("stop web")).isEqualTo(ExitStatus.OK);
    assertThat(call.out())
        .startsWith("POD         NODE  PHASE ")
        .endsWith("\nstopped web: its faults have ended\n");
  }

  @Test
  void stopSaysWhenNobodyEndsTheFaults() {
    experiment().withObject("/metadata").putArray("finalizers").add("squall.dev/experiment");

    assertThat(call.squall("stop web")).isEqualTo(ExitStatus.NOT_CLEAN);
    assertThat(call.err())
        .isEqualTo(
            "squall: web is being deleted, but its faults have not ended on every node yet;"
                + " squall doctor --cluster says why\n");
  }

  @Test
  void theStopSwitchIsAPolicyOfItsOwn() {
    cluster.put(
        """
        apiVersion: squall.dev/v1alpha1
        kind: SquallPolicy
        metadata: {name: mine}
        spec: {stop: true, maxShare: 50%}
        """);

    assertThat(call.squall("stop --all --cluster")).isEqualTo(ExitStatus.OK);
    assertThat(call.out()).endsWith("release it with: squall resume --all --cluster\n");
    assertThat(cluster.all(ObjectType.SQUALL_POLICY))
        .allSatisfy(policy -> assertThat(policy.at("/spec/stop").asBoolean()).isTrue())
        .hasSize(2);

    assertThat(call.squall("resume --all --cluster")).isEqualTo(ExitStatus.OK);
    assertThat(call.out())
        .endsWith("(it was on in SquallPolicy mine, stop-switch): experiments may begin\n");
    assertThat(cluster.all(ObjectType.SQUALL_POLICY)).hasSize(1);
    assertThat(cluster.get(ObjectType.SQUALL_POLICY, null, "mine").path("spec"))
        .hasToString("{\"stop\":false,\"maxShare\":\"50%\"}");

    call.squall("resume --all --cluster");
    assertThat(call.out()).endsWith("\nthe stop switch was not on\n");
  }

  @ParameterizedTest
  @CsvSource({
    "web, shop, EXPERIMENT, squall.dev/pause",
    "networkchaos/old, legacy, NETWORK_CHAOS, experiment.chaos-mesh.org/pause"
  })
  void pauseAndResumeWaitUntilItIsSo(
      String name, String namespace, ObjectType type, String annotation) {
    ObjectNode object = cluster.all(type).getFirst();
    call.engine.ticker.whileWaiting(
        () -> {
          boolean paused = object.at("/metadata/annotations").has(annotation);
          object.withObject("/status").put("phase", paused ? "Paused" : "Running");
          object
              .withObject("/status")
              .putArray("conditions")
              .addObject()
              .put("type", "Paused")
              .put("status", paused ? "True" : "False");
        });

    assertThat(call.squall("pause %s -n %s".formatted(name, namespace))).isEqualTo(ExitStatus.OK);
    assertThat(object.path("metadata").path("annotations").path(annotation).asText())
        .isEqualTo("true");
    assertThat(call.squall("resume %s -n %s".formatted(name, namespace))).isEqualTo(ExitStatus.OK);
    assertThat(object.path("metadata").path("annotations").has(annotation)).isFalse();
    assertThat(call.out())
        .isEqualTo(
            "paused %s: squall resume %s goes on with it\nresumed %s\n"
                .formatted(name, name, name));
  }

  @Test
  void pauseSaysWhenNobodyActs() {
    assertThat(call.squall("pause web")).isEqualTo(ExitStatus.NOT_INJECTED);
    assertThat(call.err())
        .isEqualTo(
            "squall: web is annotated, but after 10s nobody has acted on it; squall doctor"
                + " --cluster says why\n");
  }

  @Test
  void whatIsOverCannotBePaused() {
    experiment().withObject("/status").put("phase", "Ended");

    assertThat(call.squall("pause web")).isEqualTo(ExitStatus.USAGE);
    assertThat(call.err()).isEqualTo("squall: web is over (Ended): there is nothing to pause\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          status none          | none: there is no such experiment in namespace shop; squall get -A lists them all
          status web -n other  | web: there is no such experiment in namespace other; squall get -A lists them all
          status pod/web       | pod/web: write a name, or networkchaos/NAME or experiment/NAME
          status --watch       | the NAME of an experiment is missing; squall get lists them
          status -n shop       | the NAME of an experiment is missing; squall get lists them
          stop none            | none: there is no such experiment in namespace shop; squall get -A lists them all
          stop cafe -n shop    | cafe: there is no such experiment in namespace shop; squall get -A lists them all
          stop -n shop         | say what is to stop in the cluster: the NAME of an experiment, or --all --cluster
          stop web --all       | web and --all: give one of them
          stop web --cluster   | --cluster: write --all --cluster, or the NAME of one experiment
          resume               | give the NAME of an experiment, or --all --cluster for the stop switch
          resume --all         | give the NAME of an experiment, or --all --cluster for the stop switch
          resume web --all --cluster | give the NAME of an experiment, or --all --cluster for the stop switch
          pause                | NAME is missing, as in squall pause NAME
          get -A -n shop       | --namespace and --all-namespaces: give one of them
          doctor -n shop       | --cluster is missing: without it this host is looked at
          """)
  void wrongWordsAreRefused(String words, String message) {
    assertThat(call.squall(words)).isEqualTo(ExitStatus.USAGE);
    assertThat(call.err()).isEqualTo("squall: " + message + "\n");
  }

  @Test
  void hexadecimalDigitsAreARunOfThisHost() {
    assertThat(call.squall("stop cafe")).isEqualTo(ExitStatus.USAGE);
    assertThat(call.err()).isEqualTo("squall: no run begins with cafe: nothing runs\n");
    assertThat(call.engine.choice).isNull();
  }
}
