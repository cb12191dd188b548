// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Collects what is wrong in one resource.
final class FieldProblems {
  private final List<FieldProblem> found = new ArrayList<>();

  void add(String path, String message) {
    found.add(new FieldProblem(path, message));
  }

  /// What the supplier makes; null after its refusal was added.
  <T> @Nullable T attempt(String path, Supplier<T> supplier) {
    try {
      return supplier.get();
    } catch (IllegalArgumentException refused) {
      add(path, String.valueOf(refused.getMessage()));
      return null;
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  InvalidResourceException exception() {
    return new InvalidResourceException(found);
  }
}
