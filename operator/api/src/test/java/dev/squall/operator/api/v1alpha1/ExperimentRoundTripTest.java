// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.squall.experiment.ArbitraryExperiments;
import dev.squall.experiment.Experiment;
import dev.squall.experiment.cluster.BlastRadius;
import dev.squall.experiment.cluster.ClusterExperiment;
import dev.squall.experiment.cluster.ClusterPeer;
import dev.squall.experiment.cluster.ExperimentPart;
import dev.squall.experiment.cluster.Membership;
import dev.squall.experiment.cluster.PodChoice;
import dev.squall.experiment.cluster.PodMode;
import dev.squall.experiment.cluster.PodSelector;
import dev.squall.experiment.cluster.PodSelector.LabelRequirement;
import dev.squall.experiment.cluster.PodSelector.NodeChoice;
import dev.squall.experiment.cluster.PodSelector.Operator;
import dev.squall.fault.Delay;
import dev.squall.fault.DistributionTable;
import dev.squall.fault.Fault;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ExperimentRoundTripTest {
  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  private static final Map<Class<? extends PodMode>, Arbitrary<? extends PodMode>> MODES =
      Map.of(
          PodMode.All.class, Arbitraries.just(new PodMode.All()),
          PodMode.One.class, Arbitraries.just(new PodMode.One()),
          PodMode.Fixed.class, numbers(10_000).map(PodMode.Fixed::new),
          PodMode.FixedPercent.class, numbers(100).map(PodMode.FixedPercent::new),
          PodMode.RandomMaxPercent.class, numbers(100).map(PodMode.RandomMaxPercent::new));

  private static final Map<Class<? extends PodSelector>, Arbitrary<? extends PodSelector>>
      SELECTORS =
          Map.of(
              PodSelector.Named.class,
              Arbitraries.maps(words(), words().list().ofMinSize(1).ofMaxSize(3))
                  .ofMinSize(1)
                  .ofMaxSize(3)
                  .map(PodSelector.Named::new),
              PodSelector.Matching.class,
              matching());

  private static final Map<Class<? extends ClusterPeer>, Arbitrary<? extends ClusterPeer>> PEERS =
      Map.of(
          ClusterPeer.Pods.class,
          choices().map(ClusterPeer.Pods::new),
          ClusterPeer.Service.class,
          Combinators.combine(words(), words()).as(ClusterPeer.Service::new),
          ClusterPeer.Route.class,
          Combinators.combine(Arbitraries.of("HTTPRoute", "GRPCRoute"), words(), words())
              .as(ClusterPeer.Route::new));

  @Property(tries = 200)
  void whatIsWrittenMeansTheSame(@ForAll("experiments") ClusterExperiment experiment) {
    ObjectNode written = ResourceWriter.write(experiment, "own");

    ExperimentResource resource =
        SERIALIZATION.unmarshal(written.toString(), ExperimentResource.class);
    ExperimentResource again =
        SERIALIZATION.unmarshal(SERIALIZATION.asJson(resource), ExperimentResource.class);

    assertThat(ExperimentMapper.experiment(again)).isEqualTo(experiment);
  }

  @Example
  void everyKindOfEverythingIsAmongThem() {
    assertThat(MODES.keySet()).isEqualTo(Set.of(PodMode.class.getPermittedSubclasses()));
    assertThat(SELECTORS.keySet()).isEqualTo(Set.of(PodSelector.class.getPermittedSubclasses()));
    assertThat(PEERS.keySet()).isEqualTo(Set.of(ClusterPeer.class.getPermittedSubclasses()));
    assertThat(ArbitraryExperiments.FAULTS.keySet())
        .isEqualTo(Set.of(Fault.class.getPermittedSubclasses()));
  }

  @Provide
  Arbitrary<ClusterExperiment> experiments() {
    return Combinators.combine(
            ArbitraryExperiments.experiments()
                .filter(file -> file.faults().stream().noneMatch(ExperimentRoundTripTest::isTable)),
            choices().list().ofMinSize(1).ofMaxSize(4),
            Arbitraries.of("eth0", "net1.5").injectNull(0.5),
            Arbitraries.<ClusterPeer>oneOf(PEERS.values()).list().ofMaxSize(3),
            Combinators.combine(
                    numbers(100).injectNull(0.5),
                    ArbitraryExperiments.percentages().injectNull(0.5))
                .as(BlastRadius::new),
            Arbitraries.of(true, false).list().ofSize(3))
        .as(
            (file, choices, device, peers, radius, flags) ->
                new ClusterExperiment(
                    IntStream.range(0, choices.size())
                        .mapToObj(i -> part(i, choices.get(i), file, peers, device))
                        .toList(),
                    new ClusterExperiment.Limits(
                        flags.get(0) ? file.duration() : null, file.budget()),
                    file.seed(),
                    flags.get(1) ? Membership.FROZEN : Membership.DYNAMIC,
                    radius,
                    flags.get(2)));
  }

  private static ExperimentPart part(
      int index, PodChoice pods, Experiment file, List<ClusterPeer> peers, String device) {
    return new ExperimentPart(
        "target-" + index, pods, file.faults(), file.traffic(), peers, device);
  }

  private static boolean isTable(Fault fault) {
    return fault instanceof Delay delay
        && delay.jitter() != null
        && delay.jitter().distribution() instanceof DistributionTable;
  }

  private static Arbitrary<PodChoice> choices() {
    return Combinators.combine(
            Arbitraries.oneOf(SELECTORS.values()), Arbitraries.oneOf(MODES.values()))
        .as(PodChoice::new);
  }

  private static Arbitrary<PodSelector.Matching> matching() {
    return Combinators.combine(
            words().list().ofMinSize(1).ofMaxSize(3),
            requirements().list().ofMaxSize(3),
            maps(),
            Combinators.combine(maps(), words().list().ofMaxSize(2)).as(Map::entry),
            Combinators.combine(words().list().ofMaxSize(2), maps()).as(NodeChoice::new))
        .as(
            (namespaces, labels, annotations, rest, nodes) ->
                new PodSelector.Matching(
                    namespaces, labels, annotations, rest.getKey(), nodes, rest.getValue()));
  }

  private static Arbitrary<LabelRequirement> requirements() {
    return Combinators.combine(
            words(), Arbitraries.of(Operator.class), words().list().ofMinSize(1).ofMaxSize(3))
        .as(
            (key, operator, values) ->
                new LabelRequirement(
                    key,
                    operator,
                    operator == Operator.IN || operator == Operator.NOT_IN ? values : List.of()));
  }

  private static Arbitrary<Map<String, String>> maps() {
    return Arbitraries.maps(words(), words()).ofMaxSize(3);
  }

  private static Arbitrary<String> words() {
    return Arbitraries.of(
        "web", "db", "true", "1e5", "017", "null", "a: b", "ß\u2028\u0085\"", "~");
  }

  private static Arbitrary<Integer> numbers(int most) {
    return Arbitraries.integers().between(1, most);
  }
}
