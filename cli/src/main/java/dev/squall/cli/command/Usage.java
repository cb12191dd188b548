// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import dev.squall.fault.FaultException;
import java.util.function.Supplier;

/// Makes wrong values of the domain the user's error, with the sentence that the domain has for it.
final class Usage {
  private Usage() {}

  /// The value, or a [FaultException] of kind `USER` where the domain refuses it.
  static <T> T checked(Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException refused) {
      throw wrong(String.valueOf(refused.getMessage()));
    }
  }

  /// The same for the value of one option. The sentences of the domain begin with the wrong value,
  /// so the option's name goes before it.
  static <T> T checked(String option, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException refused) {
      throw wrong(option + " " + refused.getMessage());
    }
  }

  static FaultException wrong(String message) {
    return new FaultException(FaultException.Kind.USER, message);
  }
}
