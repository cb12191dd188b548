// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.view;

import dev.squall.operator.api.v1alpha1.SquallPolicySpec;

/// A SquallPolicy and its name.
public record PolicyRecord(String name, SquallPolicySpec spec) {}
