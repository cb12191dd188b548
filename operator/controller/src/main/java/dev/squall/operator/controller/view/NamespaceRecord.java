// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.view;

import java.util.Map;

/// What is kept of a namespace.
public record NamespaceRecord(
    String name, Map<String, String> labels, Map<String, String> annotations) {}
