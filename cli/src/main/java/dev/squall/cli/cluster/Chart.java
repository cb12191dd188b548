// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.squall.operator.api.install.Installation;
import java.util.List;
import java.util.Map;

/// What the Helm chart says for one cluster.
public final class Chart {
  /// Where Squall lives unless told otherwise.
  public static final String NAMESPACE = Installation.NAMESPACE;

  private final List<String> documents;

  private Chart(List<String> documents) {
    this.documents = documents;
  }

  /// @param settings values that differ from those in the chart
  /// @throws IllegalArgumentException when there is no such value
  public static Chart in(String namespace, Map<String, String> settings) {
    return new Chart(Installation.in(namespace, settings).documents());
  }

  /// YAML documents.
  public String text() {
    return "---\n" + String.join("---\n", documents);
  }

  /// The objects, in the order in which they have to be applied.
  public List<JsonNode> objects() {
    return ManifestReader.read("the chart", text()).stream().map(ManifestObject::object).toList();
  }
}
