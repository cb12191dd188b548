// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The CRDs, and objects that the tests go by.
public final class Resources {
  public static final YAMLMapper YAML = new YAMLMapper();

  /// The kinds, as the files of objects are called, and their CRDs and classes.
  public static final Map<String, Kind> KINDS =
      Map.of(
          "experiment", new Kind("experiments", ExperimentResource.class),
          "experimentschedule", new Kind("experimentschedules", ExperimentSchedule.class),
          "nodefault", new Kind("nodefaults", NodeFault.class),
          "peerset", new Kind("peersets", PeerSet.class),
          "squallpolicy", new Kind("squallpolicies", SquallPolicy.class));

  private static final String FOLDER = "/dev/squall/operator/api/";

  private Resources() {}

  public record Kind(String plural, Class<?> type) {}

  /// One value in a full object that makes it wrong.
  public record Wrong(String at, JsonNode value, String says) {
    /// The path of the field, as `spec.faults[0].loss`.
    String path() {
      return at.substring(1).replaceAll("/([0-9]+)", "[$1]").replace('/', '.');
    }

    /// The path of what the field belongs to, as `spec.faults[0]`.
    String parent() {
      return path().replaceFirst("(\\.[^.\\[]*|\\[[0-9]+])$", "");
    }

    /// The object with this value in it.
    public ObjectNode in(JsonNode full) {
      ObjectNode copy = full.deepCopy();
      int slash = at.lastIndexOf('/');
      String last = at.substring(slash + 1);
      switch (copy.at(at.substring(0, slash))) {
        case ArrayNode list -> list.set(Integer.parseInt(last), value);
        case ObjectNode object -> object.set(last, value);
        default -> throw new IllegalArgumentException(at);
      }
      return copy;
    }
  }

  /// The schema of a kind's `spec` and `status`.
  static JsonNode schema(String plural) {
    return read("crds/" + plural + ".yaml").at("/spec/versions/0/schema/openAPIV3Schema");
  }

  public static JsonNode full(String kind) {
    return read("full/" + kind + ".yaml");
  }

  public static List<Wrong> wrong(String kind) {
    List<Wrong> wrong = new ArrayList<>();
    read("wrong/" + kind + ".yaml")
        .forEach(
            row ->
                wrong.add(
                    new Wrong(row.get("at").asText(), row.get("value"), row.get("says").asText())));
    return wrong;
  }

  /// All documents of a file.
  static List<JsonNode> documents(String name) {
    try (InputStream in = Resources.class.getResourceAsStream(FOLDER + name);
        MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(in)) {
      return documents.readAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(String name) {
    try (InputStream in = Resources.class.getResourceAsStream(FOLDER + name)) {
      return YAML.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
