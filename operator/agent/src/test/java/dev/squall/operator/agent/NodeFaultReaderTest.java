// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import static dev.squall.operator.agent.Samples.DB;
import static dev.squall.operator.agent.Samples.START;
import static dev.squall.operator.agent.Samples.WEB;
import static dev.squall.operator.agent.Samples.document;
import static dev.squall.operator.agent.Samples.nodeFault;
import static dev.squall.operator.agent.Samples.part;
import static dev.squall.operator.agent.Samples.seconds;
import static dev.squall.operator.agent.Samples.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.operator.api.v1alpha1.NodeFault;
import dev.squall.operator.api.v1alpha1.NodeFaultSpec;
import dev.squall.target.Peer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NodeFaultReaderTest {
  private static final Moment NOW = new Moment(START.minusSeconds(1), seconds(500));
  private static final Moment LATER = new Moment(START.plusSeconds(99), seconds(501));

  private static WantedFault read(NodeFaultSpec spec) {
    return read(spec, null, PeerSets.NONE, NOW);
  }

  private static WantedFault read(
      NodeFaultSpec spec, @Nullable WantedFault before, PeerSets peerSets, Moment now) {
    return NodeFaultReader.read(nodeFault("a", 1, spec), before, peerSets, now);
  }

  private static NodeFaultSpec.Part withSets(String document, String... sets) {
    return new NodeFaultSpec.Part("main", document, false, List.of(sets));
  }

  private static List<String> peersOf(WantedFault wanted) {
    return wanted
        .injections()
        .values()
        .iterator()
        .next()
        .experiment()
        .traffic()
        .peers()
        .included()
        .stream()
        .map(Peer::toString)
        .toList();
  }

  @Test
  void eachPodOfADocumentIsOneInjection() {
    WantedFault wanted =
        read(
            spec(
                seconds(10),
                false,
                part("one", document("loss: 5%", WEB, DB)),
                part("two", document("delay: 5ms", WEB))));
    assertThat(wanted.injections().keySet())
        .containsExactly(
            new InjectionKey("one", WEB),
            new InjectionKey("one", DB),
            new InjectionKey("two", WEB));
    assertThat(wanted.injections().values())
        .allSatisfy(one -> assertThat(one.experiment().targets()).containsExactly(one.pod()));
    assertThat(wanted.problems()).isEmpty();
  }

  @Test
  void theBeginningIsNotConvertedAgainWhenTheWallClockJumps() {
    WantedFault before = read(spec(seconds(10), false));
    WantedFault after = read(spec(seconds(20), false), before, PeerSets.NONE, LATER);
    assertThat(after.window().start()).isEqualTo(seconds(501));
    assertThat(after.window().end()).isEqualTo(seconds(521));
  }

  @Test
  void whatIsEqualIsTheSame() {
    NodeFaultSpec spec = spec(seconds(10), false, part("main", document("loss: 5%", WEB)));
    WantedFault before = read(spec);
    InjectionKey key = new InjectionKey("main", WEB);
    assertThat(read(spec, before, PeerSets.NONE, LATER).injections().get(key))
        .isSameAs(before.injections().get(key));
  }

  @Test
  void whatIsNotAPodIsAProblem() {
    String document = "targets:\n  - netns: web\nfaults:\n  - loss: 5%\n";
    assertThat(read(spec(seconds(10), false, part("main", document))).problems())
        .containsExactly("part main: netns web is not a pod");
  }

  @Test
  void aBeginningThatIsNoTimeInjectsNothing() {
    NodeFaultSpec good = spec(seconds(10), false);
    NodeFault odd = nodeFault("a", 1, good);
    odd.setSpec(
        new NodeFaultSpec("n1", good.experiment(), "tomorrow", 10_000, false, good.parts()));
    WantedFault wanted = NodeFaultReader.read(odd, null, PeerSets.NONE, NOW);
    assertThat(wanted.problems())
        .containsExactly("startAt tomorrow: this is not a time in RFC 3339");
    assertThat(wanted.window().isOver(NOW.monotonic())).isTrue();
  }

  @Test
  void peersOfTheDocumentAndOfPeerSetsAreJoined() {
    String document = document("loss: 5%", WEB) + "traffic:\n  peers: [10.0.0.1]\n";
    PeerSets sets =
        PeerSets.of(Map.of("a", List.of("10.0.0.2", "10.1.0.0/16"), "b", List.of("::1")));
    WantedFault wanted =
        read(spec(seconds(10), false, withSets(document, "a", "b")), null, sets, NOW);
    assertThat(peersOf(wanted)).containsExactly("10.0.0.1", "10.0.0.2", "10.1.0.0/16", "::1");
  }

  @Test
  void aPeerSetThatHasNotBeenSeenIsWaitedFor() {
    WantedFault wanted = read(spec(seconds(10), false, withSets(document("loss: 5%", WEB), "a")));
    assertThat(wanted.injections().values())
        .extracting(WantedInjection::lacks)
        .containsExactly("the peer set a is not there yet");
  }

  @Test
  void withoutAnyAddressNobodyIsAPeer() {
    PeerSets empty = PeerSets.of(Map.of("a", List.of()));
    NodeFaultSpec none = spec(seconds(10), false, withSets(document("loss: 5%", WEB)));
    NodeFaultSpec emptyOne = spec(seconds(10), false, withSets(document("loss: 5%", WEB), "a"));
    assertThat(peersOf(read(none))).containsExactly("::");
    assertThat(peersOf(read(emptyOne, null, empty, NOW))).containsExactly("::");
  }
}
