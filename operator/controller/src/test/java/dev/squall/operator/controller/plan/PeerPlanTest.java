// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.target.IpPrefix;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Few peers stand in the document, many in sets, and none is not any.
class PeerPlanTest {
  private static PeerPlan plan(boolean restricted, int count) {
    List<IpPrefix> networks =
        IntStream.range(0, count)
            .mapToObj(i -> IpPrefix.parse("10.%d.%d.1".formatted(i / 256, i % 256)))
            .toList();
    return PeerPlan.of(
        new FoundPeers(restricted, networks, new TreeMap<>(), List.of(), List.of(), false),
        "uid-part");
  }

  @Test
  void whereNobodyIsNamedThereAreNeitherAddressesNorSets() {
    assertThat(plan(false, 0)).isEqualTo(new PeerPlan(List.of(), null, Map.of()));
  }

  @Test
  void whereNobodyIsFoundAnEmptyListOfSetsSaysSo() {
    assertThat(plan(true, 0).sets()).isNotNull().isEmpty();
  }

  @Test
  void twoHundredStandInTheDocument() {
    assertThat(plan(true, 200).inline()).hasSize(200);
    assertThat(plan(true, 200).sets()).isNull();
  }

  @Test
  void moreGoToSetsOfTenThousand() {
    PeerPlan plan = plan(true, 20_001);
    assertThat(plan.inline()).isEmpty();
    assertThat(plan.sets()).containsExactly("uid-part-0", "uid-part-1", "uid-part-2");
    assertThat(plan.contents().get("uid-part-0")).hasSize(10_000);
    assertThat(plan.contents().get("uid-part-2")).hasSize(1);
  }
}
