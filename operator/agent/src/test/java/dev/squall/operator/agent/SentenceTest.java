// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SentenceTest {
  private static JsonNode row() throws IOException {
    return new YAMLMapper()
        .readTree(Path.of("../chart/files/crds/nodefaults.yaml").toFile())
        .at("/spec/versions/0/schema/openAPIV3Schema/properties/status/properties/pods/items")
        .path("properties");
  }

  @Test
  void textsFitIntoTheCrd() throws IOException {
    assertThat(row().at("/rules/items/properties/fault/maxLength").asInt())
        .isEqualTo(Sentence.LONGEST_NAME);
    assertThat(row().at("/message/maxLength").asInt()).isEqualTo(Sentence.LONGEST);
    assertThat(Sentence.fit("x".repeat(2000))).hasSize(Sentence.LONGEST);
  }

  @Test
  void longNamesStayApart() {
    String long1 = "dns-fail of " + "a".repeat(600) + "1";
    String long2 = "dns-fail of " + "a".repeat(600) + "2";
    assertThat(Sentence.fitName(long1))
        .hasSize(Sentence.LONGEST_NAME)
        .startsWith("dns-fail of a")
        .isNotEqualTo(Sentence.fitName(long2));
    assertThat(Sentence.fitName("loss 5%")).isEqualTo("loss 5%");
  }
}
