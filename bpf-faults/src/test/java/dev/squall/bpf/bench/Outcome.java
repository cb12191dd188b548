// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.bench;

/// What rules count of one packet, all of them together.
public record Outcome(long matched, long hit, long overflow) {
  /// No rule matches.
  public static final Outcome MISS = new Outcome(0, 0, 0);

  /// One rule matches, and chance spares the packet.
  public static final Outcome SPARED = new Outcome(1, 0, 0);

  /// One rule matches and hits.
  public static final Outcome HIT = new Outcome(1, 1, 0);

  /// One rule matches and should hit, and cannot.
  public static final Outcome OVERFLOW = new Outcome(1, 0, 1);

  /// Of so many packets, or of so many rules.
  public Outcome times(long number) {
    return new Outcome(matched * number, hit * number, overflow * number);
  }

  /// Of this and that.
  public Outcome plus(Outcome other) {
    return new Outcome(matched + other.matched, hit + other.hit, overflow + other.overflow);
  }
}
