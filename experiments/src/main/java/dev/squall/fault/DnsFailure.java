// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import dev.squall.target.Direction;
import dev.squall.target.NamePattern;
import java.util.List;
import java.util.stream.Collectors;

/// Names cannot be resolved: answers of DNS over UDP become failures, or do not come. It does not
/// matter whether the target asks or answers.
///
/// @param names that are asked for; an empty list means any
public record DnsFailure(Outcome outcome, List<NamePattern> names) implements Fault {

  public DnsFailure {
    names = List.copyOf(names);
  }

  /// What becomes of an answer.
  public enum Outcome {
    /// There is no such name.
    NXDOMAIN,
    /// The server could not find out.
    SERVFAIL,
    /// It never arrives.
    TIMEOUT;

    /// The word that people write: `nxdomain`.
    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /// Both, whatever is chosen for other faults: a question that goes out is answered by what comes
  /// in, and the other way round.
  @Override
  public Direction defaultDirection() {
    return Direction.BOTH;
  }

  @Override
  public String name() {
    return "dns-fail";
  }

  @Override
  public String describe() {
    String asked = names.stream().map(NamePattern::toString).collect(Collectors.joining(" or "));
    return name() + " " + outcome + (names.isEmpty() ? "" : " of " + asked);
  }
}
