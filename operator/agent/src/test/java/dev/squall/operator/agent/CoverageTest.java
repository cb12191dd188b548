// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import static dev.squall.operator.agent.Samples.LONG_AGO;
import static dev.squall.operator.agent.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.operator.api.v1alpha1.PodFault;
import dev.squall.operator.api.v1alpha1.PodFault.Phase;
import dev.squall.operator.api.v1alpha1.PodFault.PodReference;
import dev.squall.operator.api.v1alpha1.PodFault.Timeline;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CoverageTest {
  private static Instant at(int seconds) {
    return START.plusSeconds(seconds);
  }

  private static PodFault row(Phase phase, @Nullable Timeline timeline) {
    return new PodFault(
        new PodReference("shop", "web", "u"), "main", phase, null, timeline, List.of());
  }

  @Test
  void aPodThatWasThereInTimeIsCoveredFromTheBeginning() {
    assertThat(Coverage.NONE.begun(at(0), at(0), LONG_AGO).timeline())
        .isEqualTo(new Timeline(START.toString(), null, 0L));
  }

  @Test
  void aPodThatCameLaterWasUncoveredFromItsFirstProcessOn() {
    assertThat(Coverage.NONE.begun(at(9), at(0), at(7)).timeline())
        .isEqualTo(new Timeline(at(9).toString(), null, 2000L));
  }

  @Test
  void aPodThatWasPreparedTooLateWasUncoveredFromTheAgreedMomentOn() {
    assertThat(Coverage.NONE.begun(at(3), at(0), LONG_AGO).uncovered()).hasSeconds(3);
  }

  @Test
  void aGapCountsUntilTheFaultsWorkAgain() {
    Coverage lost = Coverage.NONE.begun(at(0), at(0), LONG_AGO).lost(at(4));
    assertThat(lost.begun(at(6), at(0), LONG_AGO).uncovered()).hasSeconds(2);
    assertThat(lost.begun(at(6), at(0), at(5)).uncovered()).hasSeconds(1);
  }

  @Test
  void aGapThatLastsToTheEndCountsToTheEnd() {
    Coverage lost = Coverage.NONE.begun(at(0), at(0), LONG_AGO).lost(at(4));
    assertThat(lost.over(at(10)).timeline())
        .isEqualTo(new Timeline(START.toString(), at(10).toString(), 6000L));
  }

  @Test
  void whatEndedAsAskedWasCovered() {
    Coverage over = Coverage.NONE.begun(at(0), at(0), LONG_AGO).lost(at(10)).over(at(10));
    assertThat(over.uncovered()).isZero();
    assertThat(over.over(at(20))).isEqualTo(over);
  }

  @Test
  void aPauseIsNoTimeWithoutFaultsButTheWayBackIs() {
    Coverage paused = Coverage.NONE.begun(at(0), at(0), LONG_AGO).lost(at(4)).over(at(4));
    assertThat(paused.again(at(20)).begun(at(21), at(0), LONG_AGO).timeline())
        .isEqualTo(new Timeline(START.toString(), null, 1000L));
  }

  @Test
  void whatNeverBeganHasNoTimes() {
    assertThat(Coverage.NONE.lost(at(1)).over(at(2)).timeline()).isNull();
  }

  @Test
  void afterACrashTheGapBeginsWhenTheAgentWasLastSeen() {
    Timeline before = new Timeline(at(1).toString(), null, 1000L);
    Coverage resumed = Coverage.recorded(row(Phase.Injecting, before), at(5));
    assertThat(resumed.begun(at(8), at(0), LONG_AGO).timeline())
        .isEqualTo(new Timeline(at(1).toString(), null, 4000L));
  }

  @Test
  void afterAnOrderlyEndTheGapBeginsThere() {
    Timeline before = new Timeline(at(1).toString(), at(4).toString(), 0L);
    Coverage resumed = Coverage.recorded(row(Phase.Waiting, before), at(7));
    assertThat(resumed.begun(at(9), at(0), LONG_AGO).timeline())
        .isEqualTo(new Timeline(at(1).toString(), null, 5000L));
  }

  @Test
  void aRowThatNeverBeganIsAsNew() {
    assertThat(Coverage.recorded(row(Phase.Waiting, null), at(7))).isEqualTo(Coverage.NONE);
  }
}
