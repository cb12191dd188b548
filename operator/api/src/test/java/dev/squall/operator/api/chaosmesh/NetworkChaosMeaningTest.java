// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.chaosmesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.experiment.cluster.ExperimentPart;
import dev.squall.experiment.cluster.Membership;
import dev.squall.operator.api.Golden;
import io.fabric8.chaosmesh.v1alpha1.NetworkChaos;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class NetworkChaosMeaningTest {
  private static final Golden GOLDEN = new Golden(NetworkChaosMeaningTest.class, "meaning");

  private static final Map<String, String> TARGETS =
      new TreeMap<>(
          Map.of(
              "1 none", "",
              "2 pods", "target: {mode: all, selector: {labelSelectors: {app: db}}}",
              "3 address", "externalTargets: [10.1.2.3]",
              "4 name", "externalTargets: [example.com]",
              "5 name:port", "externalTargets: ['example.com:443']",
              "6 pods and address",
                  "target: {mode: all, selector: {labelSelectors: {app: db}}}\n"
                      + "  externalTargets: [10.1.2.3]"));

  @TestFactory
  Stream<DynamicTest> meansWhatTheFolderSays() {
    return GOLDEN.tests("in.yaml", NetworkChaosMeaningTest::meaning);
  }

  /// Every action, direction and kind of target.
  @Test
  void whoIsHit() {
    StringBuilder table = new StringBuilder();
    for (String action :
        List.of("netem", "delay", "loss", "duplicate", "corrupt", "bandwidth", "partition")) {
      for (String direction : List.of("to", "from", "both")) {
        TARGETS.forEach(
            (name, target) ->
                table.append(
                    "%s, %s, %s: %s%n"
                        .formatted(
                            action, direction, name.substring(2), who(action, direction, target))));
      }
    }
    GOLDEN.assertSame("matrix.txt", table.toString());
  }

  private static String who(String action, String direction, String target) {
    String text =
        """
        apiVersion: chaos-mesh.org/v1alpha1
        kind: NetworkChaos
        metadata: {name: test, namespace: shop}
        spec:
          action: %s
          direction: %s
          mode: all
          selector: {labelSelectors: {app: web}}
          %s
          %s
        """
            .formatted(action, direction, block(action), target);
    try {
      return NetworkChaosMeaning.of(read(text), Membership.DYNAMIC).experiment().parts().stream()
          .map(NetworkChaosMeaningTest::part)
          .collect(Collectors.joining("; "));
    } catch (IllegalArgumentException e) {
      return "refused, " + e.getMessage();
    }
  }

  private static String block(String action) {
    return switch (action) {
      case "partition" -> "";
      case "bandwidth" -> "bandwidth: {rate: 1mbps, limit: 100000, buffer: 10000}";
      case "netem", "delay" -> "delay: {latency: 10ms}";
      default -> "%s: {%s: '10'}".formatted(action, action);
    };
  }

  private static String part(ExperimentPart part) {
    return "%s %s, %s"
        .formatted(
            ExperimentText.pods(part.pods()).replaceAll(".*IN ", ""),
            part.traffic().direction(),
            ExperimentText.traffic(part).replaceAll("all of shop with app IN ", ""));
  }

  private static String meaning(String text) {
    try {
      return ExperimentText.of(NetworkChaosMeaning.of(read(text), Membership.DYNAMIC));
    } catch (IllegalArgumentException e) {
      return "refused: " + e.getMessage() + "\n";
    }
  }

  private static NetworkChaos read(String text) {
    return new KubernetesSerialization().unmarshal(text, NetworkChaos.class);
  }

  @Test
  void fieldsThatTheModelLacksAreRead() {
    NetworkChaos chaos =
        read(
            """
            apiVersion: chaos-mesh.org/v1alpha1
            kind: NetworkChaos
            spec: {rate: {rate: 1mbps}, remoteCluster: other, partitionBehavior: reject}
            """);

    assertThat(SpecFields.rate(chaos.getSpec())).isEqualTo("1mbps");
    assertThat(SpecFields.remoteCluster(chaos.getSpec())).isEqualTo("other");
    assertThat(SpecFields.partitionBehavior(chaos.getSpec())).isEqualTo("reject");
  }
}
