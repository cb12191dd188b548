// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.squall.cli.cluster.ObjectType;
import dev.squall.cli.console.ExitStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `get` and `status` with experiments of a cluster.
class ClusterRunsTest {
  private final Call call = new Call();
  private final FakeCluster cluster = call.engine.cluster;

  @BeforeEach
  void twoExperiments() {
    cluster.put(ShopObjects.EXPERIMENT);
    cluster.put(ShopObjects.NETWORK_CHAOS);
  }

  @Test
  void getListsBothKinds() {
    assertThat(call.squall("get -A")).isEqualTo(ExitStatus.OK);
    assertThat(call.out())
        .isEqualTo(
            """
            NAMESPACE  NAME              PHASE    PODS    HIT  ENDS IN
            legacy     networkchaos/old  Running   1/2      -      30s
            shop       web               Running   2/3  1,234      25s
            """);
  }

  @Test
  void getSpeaksJson() {
    assertThat(call.squall("get -o json")).isEqualTo(ExitStatus.OK);
    assertThat(call.out())
        .isEqualTo(
            """
            {"experiments":[{"kind":"Experiment","namespace":"shop","name":"web","uid":"u-1",\
            "phase":"Running","selected":3,"injecting":2,"hit":1234,\
            "endsAt":"2026-07-01T12:00:25Z"}]}
            """);
  }

  @Test
  void getSaysWhereThereIsNone() {
    assertThat(call.squall("get -n empty")).isEqualTo(ExitStatus.OK);
    assertThat(call.out()).isEqualTo("there is no experiment in namespace empty; -A lists all\n");
  }

  @Test
  void whereSquallIsNotInstalledItSaysSo() {
    cluster.objects.clear();
    cluster.served.remove(ObjectType.EXPERIMENT);
    cluster.served.remove(ObjectType.NETWORK_CHAOS);

    assertThat(call.squall("get")).isEqualTo(ExitStatus.NOT_INJECTED);
    assertThat(call.squall("status web")).isEqualTo(ExitStatus.NOT_INJECTED);
    assertThat(call.err().lines())
        .containsOnly("squall: squall is not installed in this cluster: squall install does that");
  }

  @Test
  void statusHasARowPerPodAndFault() {
    cluster.put(ShopObjects.NODE_FAULT);

    assertThat(call.squall("status web")).isEqualTo(ExitStatus.OK);
    assertThat(call.out())
        .isEqualTo(
            """
            web in shop: Running, ends in 25s: loss 5% hits 2 of 3 pods
              Selected: 3 pods
              not Injected: 1 pod is refused
              perhaps Recovered: Running
            POD         NODE  PHASE      UNCOVERED  FAULT    DIRECTION  MATCHED  HIT   SHARE  OVERFLOW
            shop/web-a  n1    Injecting      1.25s  loss 5%  egress       2,000  100  5.00 %         3
            shop/web-b  n1    Refused            -  -        -                0    0       -         0
            shop/web-b: it uses the node's network
            """);
  }

  @Test
  void whoMayNotReadNodeFaultsGetsTheSums() {
    cluster.put(ShopObjects.NODE_FAULT);
    cluster.forbidden.add("list NODE_FAULT");

    assertThat(call.squall("status experiment/web -n shop")).isEqualTo(ExitStatus.OK);
    assertThat(call.out())
        .endsWith(
            """
            FAULT    DIRECTION  MATCHED  HIT   SHARE  OVERFLOW
            loss 5%  egress       2,000  100  5.00 %         0
            """);
  }

  @Test
  void statusSpeaksJson() {
    assertThat(call.squall("status networkchaos/old -n legacy -o json")).isEqualTo(ExitStatus.OK);
    assertThat(call.out())
        .isEqualTo(
            """
            {"kind":"NetworkChaos","namespace":"legacy","name":"old","uid":"","phase":"Running",\
            "selected":2,"injecting":1,"endsAt":"2026-07-01T12:00:30Z","summary":"",\
            "conditions":["AllInjected"],"counts":[]}
            """);
  }

  @Test
  void watchingEndsWithTheExperiment() {
    call.engine.ticker.whileWaiting(
        () -> {
          ObjectNode status = experiment().withObject("/status");
          status.put("phase", "Ended").put("summary", "over").remove("counts");
          status.remove("conditions");
        });

    assertThat(call.squall("status web --watch")).isEqualTo(ExitStatus.OK);
    assertThat(call.out())
        .startsWith("web in shop: Running, ")
        .endsWith("\nweb in shop: Ended: over\n");
  }

  private ObjectNode experiment() {
    return cluster.get(ObjectType.EXPERIMENT, "shop", "web");
  }
}
