// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

/// Something wrong in a resource.
///
/// @param path where, as `spec.faults[0].loss`
/// @param message what is wrong and what would be right
public record FieldProblem(String path, String message) {
  @Override
  public String toString() {
    return path + ": " + message;
  }
}
