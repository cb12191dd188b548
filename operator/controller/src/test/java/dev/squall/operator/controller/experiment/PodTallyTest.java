// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.operator.api.v1alpha1.ExperimentStatus.Pods;
import dev.squall.operator.api.v1alpha1.PodFault;
import dev.squall.operator.api.v1alpha1.PodFault.Phase;
import dev.squall.operator.controller.run.RunReport;
import dev.squall.operator.controller.run.RunReport.NodeReports;
import dev.squall.operator.controller.run.RunReport.Times;
import dev.squall.operator.controller.select.ChosenPods;
import dev.squall.operator.controller.view.GivenPods;
import dev.squall.operator.controller.view.PodRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodTallyTest {
  private static final PodRecord STAYS = GivenPods.running("stays", "n1", "10.0.0.1");
  private static final PodRecord COMES = GivenPods.running("comes", "n1", "10.0.0.2");
  private static final PodRecord LOST = GivenPods.running("lost", "n2", "10.0.0.3");

  private static PodFault row(PodRecord pod, Phase phase) {
    PodFault.PodReference reference =
        new PodFault.PodReference("shop", pod.identity().name(), pod.uidOnNode());
    return new PodFault(reference, "target-0", phase, null, null, List.of());
  }

  @Test
  void aNodeThatIsGoneDoesNotStandForPodsThatAreStillWaiting() {
    RunReport report =
        new RunReport(
            RunReport.Phase.RUNNING,
            new Times(null, null, null),
            null,
            Map.of("target-0", new ChosenPods(List.of(STAYS, COMES), 2, List.of())),
            Map.of(),
            new NodeReports(
                2,
                List.of("n1", "n2"),
                List.of(row(STAYS, Phase.Injecting), row(LOST, Phase.Injecting)),
                List.of(),
                Map.of()));

    Pods pods = PodTally.of(report, null).pods();

    assertThat(pods.selected()).isEqualTo(2);
    assertThat(pods.injecting()).isEqualTo(1);
    assertThat(pods.waiting()).isEqualTo(1);
  }
}
