// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.policy;

/// Why an experiment does not begin.
///
/// @param reason one word in camel case, for programs
/// @param message for people: what is wrong, and what to do
public record Refusal(String reason, String message) {}
