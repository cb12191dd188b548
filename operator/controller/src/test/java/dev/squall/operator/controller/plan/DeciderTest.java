// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.squall.experiment.cluster.ClusterPeer;
import dev.squall.operator.api.v1alpha1.ExperimentMapper;
import dev.squall.operator.api.v1alpha1.ExperimentReference;
import dev.squall.operator.api.v1alpha1.ExperimentResource;
import dev.squall.operator.api.v1alpha1.NodeFault;
import dev.squall.operator.api.v1alpha1.SquallPolicy;
import dev.squall.operator.controller.policy.OpenNamespaces;
import dev.squall.operator.controller.view.GivenCluster;
import dev.squall.operator.controller.view.SlimPod;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each folder is a case: `in.yaml` has an experiment, the cluster and the time, `out.yaml` what is
/// decided. What came out is in `target/DeciderTest`.
class DeciderTest {
  private static final Path CASES =
      Path.of("src/test/resources/dev/squall/operator/controller/plan/DeciderTest");
  private static final Path RESULTS = Path.of("target/DeciderTest");
  private static final ObjectMapper YAML =
      new YAMLMapper(
          YAMLMapper.builder()
              .disable(Feature.WRITE_DOC_START_MARKER, Feature.SPLIT_LINES)
              .enable(Feature.MINIMIZE_QUOTES, Feature.INDENT_ARRAYS_WITH_INDICATOR)
              .enable(Feature.LITERAL_BLOCK_STYLE)
              .build());

  static Stream<String> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theDecisionIsTheOneInTheFolder(String name) throws IOException {
    Given given = Given.read(CASES.resolve(name).resolve("in.yaml"));
    Decision decision =
        new Decider(
                given.cluster,
                new Lookups(given, given::services),
                new OpenNamespaces("squall-system", false),
                given.now)
            .decide(given.subject, Progress.of(given.faults, Progress.chosen(given.faults)));
    String actual = YAML.writeValueAsString(describe(decision, given.subject));
    Files.createDirectories(RESULTS);
    Files.writeString(RESULTS.resolve(name + ".yaml"), actual);
    assertThat(actual).isEqualTo(Files.readString(CASES.resolve(name).resolve("out.yaml")));
  }

  private static Map<String, Object> describe(Decision decision, Subject subject) {
    Map<String, Object> text = new LinkedHashMap<>();
    switch (decision) {
      case Decision.Wait wait -> {
        text.put("wait", wait.why().reason());
        text.put("because", wait.why().message());
      }
      case Decision.End end -> {
        text.put("end", end.why().reason());
        text.put("because", end.why().message());
        text.put("early", end.early());
      }
      case Decision.Hold _ -> text.put("hold", true);
      case Decision.Run run -> {
        text.put("nodes", run.nodes());
        text.put("peerSets", run.peerSets());
        if (run.found().limited() != null) {
          text.put("limited", run.found().limited().message());
        }
        List<String> missing = new ArrayList<>();
        run.found().peers().values().forEach(peers -> missing.addAll(peers.missing()));
        text.put("missing", missing);
      }
    }
    text.put("again", String.valueOf(Decision.again(decision, subject)));
    return text;
  }

  /// What stands in `in.yaml`.
  private static final class Given implements NameAddresses {
    private final GivenCluster cluster = new GivenCluster();
    private final List<NodeFault> faults = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private JsonNode names = YAML.createObjectNode();
    private Subject subject;

    static Given read(Path file) throws IOException {
      Given given = new Given();
      try (MappingIterator<JsonNode> documents =
          YAML.readerFor(JsonNode.class).readValues(file.toFile())) {
        while (documents.hasNext()) {
          given.add(documents.next());
        }
      }
      return given;
    }

    private void add(JsonNode document) throws IOException {
      switch (document.path("kind").asText()) {
        case "Experiment" ->
            subject = subject(YAML.treeToValue(document, ExperimentResource.class));
        case "Pod" -> cluster.add(YAML.treeToValue(document, SlimPod.class));
        case "Namespace" -> cluster.add(YAML.treeToValue(document, Namespace.class));
        case "Node" -> cluster.add(YAML.treeToValue(document, Node.class));
        case "Service" -> cluster.add(YAML.treeToValue(document, Service.class));
        case "SquallPolicy" -> cluster.add(YAML.treeToValue(document, SquallPolicy.class));
        case "NodeFault" -> faults.add(YAML.treeToValue(document, NodeFault.class));
        default -> {
          now = Instant.parse(document.path("now").asText());
          names = document.path("names");
        }
      }
    }

    @Override
    public List<InetAddress> find(String name) {
      if (!names.has(name)) {
        return null;
      }
      List<InetAddress> addresses = new ArrayList<>();
      for (JsonNode address : names.get(name)) {
        try {
          addresses.add(InetAddress.getByName(address.asText()));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return addresses;
    }

    /// The only route there is.
    private List<ClusterPeer.Service> services(ClusterPeer.Route route) {
      return route.name().equals("shop")
          ? List.of(new ClusterPeer.Service(route.namespace(), "db"))
          : List.of();
    }

    private static Subject subject(ExperimentResource resource) {
      Map<String, String> annotations = resource.getMetadata().getAnnotations();
      return new Subject(
          new ExperimentReference("Experiment", "shop", resource.getMetadata().getName(), "1111"),
          Instant.parse(resource.getMetadata().getCreationTimestamp()),
          annotations != null && "true".equals(annotations.get("squall.dev/pause")),
          ExperimentMapper.experiment(resource));
    }
  }
}
