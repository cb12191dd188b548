// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.view;

import java.util.Map;

/// What is kept of a node.
public record NodeRecord(String name, Map<String, String> labels) {}
