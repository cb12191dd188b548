// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.operator.api.v1alpha1.ExperimentStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// What happens to faults when those who asked for them are away, or go for good.
@NeedsCluster
@TestMethodOrder(OrderAnnotation.class)
class ControlPlaneCaseClusterIT extends FaultCaseFixture {
  private static final String CONTROLLER = "deployment/squall-controller";

  /// How far ahead the nodes are told when no end was asked for, and what the way takes.
  private static final Duration ROLLING = Duration.ofSeconds(33);

  private static final Duration LATER = Duration.ofSeconds(90);
  private static final Duration BETWEEN = Duration.ofMillis(50);

  @Test
  @Order(1)
  void withoutAnApiServerFaultsEndInTimeAndAreReportedLater() {
    TestPod other = shop.start("other", Map.of("app", "other"), CLUSTER.nodes().getLast());
    shop.awaitReady();
    TestExperiment open = apply("open", LOSS.replace("app: web", "app: other"));
    TestExperiment timed = apply("timed", LOSS + "duration: 25s\n");
    awaitInjecting(open, 1);
    awaitInjecting(timed, 1);
    Instant end = Instant.parse(timed.status().timeline().endsAt());
    PingLog ofTimed = PingLog.start(web, peer.address(), Duration.ofSeconds(75));
    PingLog ofOpen = PingLog.start(other, peer.address(), Duration.ofSeconds(75));
    Instant stopped = Instant.now();
    Instant back = stopApiServer(Duration.ofSeconds(60));

    assertThat(ofTimed.answered(ofTimed.start(), end.minusMillis(500))).isZero();
    assertThat(ofTimed.answered(end.plusMillis(500), back)).isEqualTo(1);
    Instant lapsed = ofOpen.firstAnswered(stopped);
    assertThat(lapsed).isBetween(stopped, stopped.plus(ROLLING));
    assertThat(ofOpen.answered(lapsed.plusMillis(500), back)).isEqualTo(1);
    await(LATER, () -> timed.status().progress().phase() == ExperimentStatus.Phase.Ended);
    assertThat(timed.status().progress().hit()).isPositive();
    await(LATER, () -> other.traffic().ping(peer.address(), 3, BETWEEN).received() == 0);
    open.delete();
    assertThat(orders()).isEmpty();
  }

  /// Holds it up for so long, and returns when it went on.
  private Instant stopApiServer(Duration length) {
    Rig rig = CLUSTER.rig();
    rig.run("signal", "STOP", "api").successful();
    pause(length);
    rig.run("signal", "CONT", "api").successful();
    Instant back = Instant.now();
    await(LATER, () -> web.exec("true").exitCode() == 0);
    return back;
  }

  @Test
  @Order(2)
  void withoutAControllerAFaultWithoutAnEndIsOverAfterThirtySeconds() {
    TestExperiment open = apply("open", LOSS);
    awaitInjecting(open, 1);
    PingLog pings = PingLog.start(web, peer.address(), Duration.ofSeconds(45));
    scale(0);
    Instant gone = Instant.now();
    pause(Duration.ofSeconds(38));
    scale(1);
    Instant lapsed = pings.firstAnswered(pings.start());
    assertThat(lapsed).isBetween(gone.plusSeconds(10), gone.plus(ROLLING));
    awaitAnswers(false, Duration.ofSeconds(60));
    open.delete();
    assertThat(orders()).isEmpty();
  }

  @Test
  @Order(3)
  void withoutTheirTypeExperimentsEndAndWorkAgainWithIt() {
    apply("loss", LOSS);
    awaitAnswers(false, Duration.ofSeconds(20));
    CLUSTER.kubectl("delete", "crd", "experiments.squall.dev", "--timeout=60s").successful();
    awaitAnswers(true, Duration.ofSeconds(5));
    assertThat(orders()).isEmpty();
    CLUSTER
        .kubectl(
            "apply",
            "--server-side",
            "-f",
            Path.of("../chart/files/crds/experiments.yaml").toString())
        .successful();
    CLUSTER
        .kubectl("wait", "--for=condition=Established", "crd/experiments.squall.dev")
        .successful();
    apply("again", LOSS);
    awaitAnswers(false, Duration.ofSeconds(60));
  }

  @Test
  @Order(4)
  void whatRunsWhenSquallIsUninstalledEndsAndNothingIsLeft() {
    apply("loss", LOSS);
    awaitAnswers(false, Duration.ofSeconds(20));
    CommandResult uninstall = SquallCommand.run(CLUSTER, "uninstall").successful();
    assertThat(uninstall.text()).endsWith("nothing of squall is left in the cluster");
    assertThat(answers()).isTrue();
    assertThat(
            CLUSTER
                .kubectl(
                    "get", "crd,namespaces,clusterroles,validatingadmissionpolicies", "-o", "name")
                .successful()
                .output())
        .doesNotContain("squall");
    CLUSTER.kubectl("delete", "namespace", shop.name(), "--timeout=60s").successful();
  }

  private static void scale(int replicas) {
    CLUSTER.kubectl("-n", SYSTEM, "scale", CONTROLLER, "--replicas=" + replicas).successful();
  }
}
