// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.view;

import java.util.List;
import java.util.Map;

/// What is kept of a Service.
///
/// @param selector empty: its endpoints are not pods that it selects
/// @param addresses its cluster addresses and external ones, those of its load balancer too
/// @param names under which its load balancer or its external end is known
public record ServiceRecord(
    String namespace,
    String name,
    Map<String, String> selector,
    List<String> addresses,
    List<String> names) {

  /// Whether the Service stands in front of a pod.
  public boolean selects(PodRecord pod) {
    return !selector.isEmpty()
        && pod.identity().namespace().equals(namespace)
        && pod.labels().entrySet().containsAll(selector.entrySet());
  }
}
