// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.abi.LineMaps.Group;
import dev.squall.bpf.linux.HtbQueue;
import dev.squall.fault.Delay;
import dev.squall.fault.Fault;
import dev.squall.fault.Jitter;
import dev.squall.fault.NamedDistribution;
import dev.squall.unit.DurationText;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitPlanTest {
  @ParameterizedTest
  @CsvSource({
    "50ms, 50ms, UNIFORM",
    "50ms, 100ms, NORMAL",
    "1ns, 1ns, UNIFORM",
    "1ns, 59s, NORMAL",
    "50s, 10s, NORMAL"
  })
  void noClassHoldsPacketsLongerOrShorterThanItCan(
      String latency, String amount, NamedDistribution distribution) {
    Jitter jitter = new Jitter(DurationText.parse(amount), distribution);
    Fault delay = new Delay(DurationText.parse(latency), jitter, false);

    assertThat(WaitPlan.byClass(List.of(delay)).groups())
        .extracting(Group::delayNanos)
        .isSorted()
        .allSatisfy(nanos -> assertThat(nanos).isBetween(1L, HtbQueue.LONGEST_NANOS));
  }
}
