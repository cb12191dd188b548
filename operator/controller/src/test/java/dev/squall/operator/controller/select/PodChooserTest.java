// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.select;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.experiment.cluster.PodChoice;
import dev.squall.experiment.cluster.PodMode;
import dev.squall.experiment.cluster.PodSelector;
import dev.squall.operator.controller.select.ChosenPods.Unable;
import dev.squall.operator.controller.view.GivenCluster;
import dev.squall.operator.controller.view.GivenPods;
import dev.squall.operator.controller.view.PodRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// Which pods chance chooses, and that it changes as little as can be.
class PodChooserTest {
  private static final PodSelector ALL =
      new PodSelector.Matching(
          List.of("shop"), List.of(), Map.of(), Map.of(), PodSelector.NodeChoice.ANY, List.of());

  private static List<PodRecord> pods(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> GivenPods.running("web-" + i, "n" + i % 3, "10.0.0." + i))
        .toList();
  }

  private static Set<String> choose(
      long seed, PodMode mode, Set<String> chosen, List<PodRecord> pods) {
    GivenCluster cluster = new GivenCluster();
    pods.forEach(cluster::add);
    return new PodChooser(seed, "target-0", chosen, true)
        .choose(new PodChoice(ALL, mode), cluster).pods().stream()
            .map(PodRecord::uidOnNode)
            .collect(Collectors.toSet());
  }

  @Test
  void podsThatHaveEndedCountForNothing() {
    GivenCluster cluster = new GivenCluster();
    pods(4).forEach(cluster::add);
    IntStream.range(0, 16).forEach(i -> cluster.add(GivenPods.in("Failed", "evicted-" + i)));
    ChosenPods chosen =
        new PodChooser(1, "target-0", Set.of(), true)
            .choose(new PodChoice(ALL, new PodMode.All()), cluster);
    assertThat(chosen.fitting()).isEqualTo(4);
    assertThat(chosen.unable()).isEmpty();
  }

  @Test
  void whereAllHaveEndedThatIsWhyNoneIsHit() {
    GivenCluster cluster = new GivenCluster();
    cluster.add(GivenPods.in("Succeeded", "job"));
    ChosenPods chosen =
        new PodChooser(1, "target-0", Set.of(), true)
            .choose(new PodChoice(ALL, new PodMode.All()), cluster);
    assertThat(chosen.pods()).isEmpty();
    assertThat(chosen.unable()).extracting(Unable::reason).containsExactly("is Succeeded");
  }

  @Property(tries = 200)
  void whoIsChosenStaysSoWhileItLivesAndAsManyAreChosenAsAskedFor(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 9) int wanted,
      @ForAll @IntRange(min = 0, max = 9) int gone) {
    PodMode mode = new PodMode.Fixed(wanted);
    List<PodRecord> pods = pods(10);
    Set<String> before = choose(seed, mode, Set.of(), pods);
    assertThat(before).hasSize(wanted).isEqualTo(choose(seed, mode, Set.of(), pods));

    List<PodRecord> left = new ArrayList<>(pods);
    String removed = left.remove(gone).uidOnNode();
    left.add(GivenPods.running("new", "n1", "10.0.0.99"));
    Set<String> after = choose(seed, mode, before, left);
    assertThat(after).hasSize(wanted).doesNotContain(removed);
    assertThat(after).containsAll(before.stream().filter(uid -> !uid.equals(removed)).toList());
  }

  @Test
  void eachPodIsAsLikelyAsAnyOther() {
    List<PodRecord> pods = pods(10);
    Map<String, Integer> times = new HashMap<>();
    for (long seed = 0; seed < 10_000; seed++) {
      choose(seed, new PodMode.One(), Set.of(), pods)
          .forEach(uid -> times.merge(uid, 1, Integer::sum));
    }
    // 10,000 draws of 1 of 10: the standard deviation is 30.
    assertThat(times.values())
        .hasSize(10)
        .allSatisfy(count -> assertThat(count).isBetween(850, 1150));
  }

  @Test
  void aRandomShareIsAnyFromNoneToTheLargest() {
    List<PodRecord> pods = pods(10);
    Map<Integer, Integer> times = new HashMap<>();
    for (long seed = 0; seed < 5_000; seed++) {
      times.merge(
          choose(seed, new PodMode.RandomMaxPercent(30), Set.of(), pods).size(), 1, Integer::sum);
    }
    assertThat(times.keySet()).containsExactlyInAnyOrder(0, 1, 2, 3);
    // 10 of 31 shares each give 0, 1 and 2 pods; one gives 3.
    assertThat(times.get(1)).isBetween(1450, 1780);
    assertThat(times.get(3)).isBetween(100, 230);
  }

  @Test
  void partsChooseIndependently() {
    List<PodRecord> pods = pods(10);
    GivenCluster cluster = new GivenCluster();
    pods.forEach(cluster::add);
    PodChoice one = new PodChoice(ALL, new PodMode.One());
    long same =
        IntStream.range(0, 1000)
            .filter(
                seed ->
                    new PodChooser(seed, "a", Set.of(), true)
                        .choose(one, cluster)
                        .pods()
                        .equals(
                            new PodChooser(seed, "b", Set.of(), true).choose(one, cluster).pods()))
            .count();
    assertThat(same).isBetween(60L, 140L);
  }
}
