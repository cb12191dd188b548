// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

/// What kept a fault from being injected, observed or removed.
///
/// The message is one sentence: what failed, on what, and what to do. Values that are wrong in
/// themselves are refused earlier, by an `IllegalArgumentException` of the record's constructor.
public final class FaultException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /// Whose matter it is.
  public enum Kind {
    /// The request was wrong (an absent target, an unknown name); nothing was changed.
    USER,
    /// The machine lacks something: a capability, a library, a feature of the kernel.
    ENVIRONMENT,
    /// A mistake in Squall.
    INTERNAL
  }

  private final Kind kind;

  public FaultException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public FaultException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
