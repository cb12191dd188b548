// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.squall.experiment.file.ExperimentFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What an Experiment shares with the file format is described alike, and allows the same.
class FileAgreementTest {
  private static final JsonNode CRD = Resources.schema("experiments").at("/properties/spec");

  private static final Pattern MATCHES =
      Pattern.compile("self\\.matches\\(r'\\^\\(\\?:(.*?)\\)\\$'\\)");

  @Test
  void faultsHaveTheSameKeys() {
    assertThat(names(CRD.at("/properties/faults/items"))).isEqualTo(faults().keySet());
  }

  @Test
  void trafficHasTheSameKeys() {
    assertThat(names(CRD.at("/properties/traffic")))
        .isEqualTo(names(file().at("/properties/traffic")));
  }

  @Test
  void aFaultIsToldByTheSameKeysAndTheyHaveTheSameCompanions() {
    String rules = CRD.at("/properties/faults/items/x-kubernetes-validations").toString();

    for (JsonNode variant : file().at("/properties/faults/items/oneOf")) {
      String leader = variant.at("/required/0").asText();
      assertThat(rules).contains("has(self." + leader + ")");
      for (String key : names(variant)) {
        String needed = variant.at("/dependentRequired/" + key + "/0").asText(leader);
        assertThat(key.equals(leader) || goesWith(rules, key, needed)).as(key).isTrue();
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> faultsAllowTheSame() {
    return faults().entrySet().stream()
        .filter(key -> !key.getKey().equals("distribution"))
        .map(
            key ->
                dynamicTest(
                    key.getKey(),
                    () ->
                        requireSame(
                            CRD.at("/properties/faults/items/properties/" + key.getKey()),
                            key.getValue())));
  }

  @Test
  void distributionsAreThoseWithAName() {
    String pattern = faults().get("distribution").get("pattern").asText();
    List<String> allowed = new ArrayList<>();
    CRD.at("/properties/faults/items/properties/distribution/enum")
        .forEach(word -> allowed.add(word.asText()));

    assertThat(pattern).startsWith("^(?:" + String.join("|", allowed) + "|");
  }

  @TestFactory
  Stream<DynamicTest> trafficAllowsTheSame() {
    return names(CRD.at("/properties/traffic")).stream()
        .filter(key -> !key.equals("peers"))
        .map(key -> "/properties/traffic/properties/" + key)
        .map(key -> dynamicTest(key, () -> requireSame(CRD.at(key), file().at(key))));
  }

  @TestFactory
  Stream<DynamicTest> budgetsAllowTheSame() {
    return names(CRD.at("/properties/budget")).stream()
        .map(key -> "/properties/budget/properties/" + key)
        .map(key -> dynamicTest(key, () -> requireSame(CRD.at(key), file().at(key))));
  }

  @Test
  void theDurationLooksTheSame() {
    assertThat(syntax(CRD.at("/properties/duration")))
        .isEqualTo(syntax(file().at("/properties/duration")));
  }

  private static boolean goesWith(String rules, String key, String needed) {
    return Pattern.compile(
            "!has\\(self\\." + key + "\\) \\|\\|[^\"]*has\\(self\\." + needed + "\\)")
        .matcher(rules)
        .find();
  }

  private static void requireSame(JsonNode crd, JsonNode file) {
    assertThat(crd.get("description")).isEqualTo(file.get("description"));
    if (file.path("type").asText().equals("array")) {
      requireSameValue(crd.get("items"), file.get("items"));
    } else {
      requireSameValue(crd, file);
    }
  }

  private static void requireSameValue(JsonNode crd, JsonNode file) {
    assertThat(crd.get("enum")).isEqualTo(file.get("enum"));
    assertThat(syntax(crd)).isEqualTo(syntax(file));
    if (file.path("type").isArray()) {
      assertThat(crd.get("x-kubernetes-int-or-string").asBoolean()).isTrue();
      assertThat(rules(crd)).contains("self >= " + file.get("minimum").asText());
      assertThat(!file.has("maximum") || rules(crd).contains("<= " + file.get("maximum"))).isTrue();
    } else {
      assertThat(crd.path("type").asText())
          .isEqualTo(file.has("enum") ? "string" : file.path("type").asText());
      assertThat(crd.path("minimum").asLong()).isEqualTo(file.path("minimum").asLong());
      assertThat(crd.path("maximum").asLong()).isEqualTo(file.path("maximum").asLong());
    }
  }

  /// The regular expression of a value. The API server's have no lookahead: what it guards against,
  /// a duration without any part, is refused otherwise.
  private static String syntax(JsonNode schema) {
    if (schema.has("pattern")) {
      String pattern = schema.get("pattern").asText().replace("(?=.)", "");
      return pattern.substring("^(?:".length(), pattern.length() - ")$".length());
    }
    Matcher matcher = MATCHES.matcher(rules(schema));
    return matcher.find() ? matcher.group(1) : "";
  }

  private static String rules(JsonNode schema) {
    List<String> rules = new ArrayList<>();
    schema.path("x-kubernetes-validations").forEach(rule -> rules.add(rule.get("rule").asText()));
    return String.join("\n", rules);
  }

  /// Every key of every fault; where several faults have it, it is the same.
  private static Map<String, JsonNode> faults() {
    Map<String, JsonNode> keys = new TreeMap<>();
    file()
        .at("/properties/faults/items/oneOf")
        .forEach(variant -> variant.get("properties").forEachEntry(keys::put));
    return keys;
  }

  private static Set<String> names(JsonNode schema) {
    Set<String> names = new TreeSet<>();
    schema.path("properties").fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode file() {
    try {
      return Resources.YAML.readTree(ExperimentFile.schema());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
