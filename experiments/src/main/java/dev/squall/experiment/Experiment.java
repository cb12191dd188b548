// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment;

import dev.squall.fault.DnsFailure;
import dev.squall.fault.Fault;
import dev.squall.fault.Rate;
import dev.squall.fault.Reset;
import dev.squall.target.Direction;
import dev.squall.target.NameResolver;
import dev.squall.target.Protocol;
import dev.squall.target.Target;
import dev.squall.target.TrafficFilter;
import dev.squall.unit.DurationText;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which faults happen to which traffic of which targets, and for how long.
///
/// @param name null when the user gave none
/// @param targets at least one
/// @param faults at least one
/// @param limits of time and of what may be hit
/// @param seed null means that each run draws its own
public record Experiment(
    @Nullable String name,
    List<Target> targets,
    List<Fault> faults,
    TrafficFilter traffic,
    Limits limits,
    @Nullable Long seed) {

  /// What a name looks like, as a regular expression.
  public static final String NAME_SYNTAX = "[A-Za-z0-9][A-Za-z0-9 ._-]{0,62}";

  public static final Duration SHORTEST = Duration.ofMillis(100);
  public static final Duration LONGEST = Duration.ofHours(24);

  /// Nothing runs without a deadline; this is the one of an experiment that names none.
  public static final Duration DEFAULT_DURATION = Duration.ofSeconds(60);

  public Experiment {
    targets = List.copyOf(targets);
    faults = List.copyOf(faults);
    if (name != null) {
      requireName(name);
    }
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("an experiment has at least one target");
    }
    if (faults.isEmpty()) {
      throw new IllegalArgumentException("an experiment has at least one fault");
    }
    if (faults.stream().filter(Rate.class::isInstance).count() > 1) {
      throw new IllegalArgumentException("an experiment has at most one rate: leave the slowest");
    }
    faults.forEach(fault -> requireFits(fault, traffic));
  }

  /// One that only its duration limits.
  public Experiment(
      @Nullable String name,
      List<Target> targets,
      List<Fault> faults,
      TrafficFilter traffic,
      Duration duration,
      @Nullable Long seed) {
    this(name, targets, faults, traffic, new Limits(duration, Budget.UNLIMITED), seed);
  }

  /// When an experiment is over at the latest.
  ///
  /// @param duration from [#SHORTEST] to [#LONGEST]
  public record Limits(Duration duration, Budget budget) {
    public Limits {
      requireDuration(duration);
    }
  }

  public Duration duration() {
    return limits.duration();
  }

  public Budget budget() {
    return limits.budget();
  }

  /// Returns the name if an experiment may be called so, and refuses it otherwise.
  public static String requireName(String name) {
    if (!name.matches(NAME_SYNTAX)) {
      throw new IllegalArgumentException(
          name
              + ": a name has 1 to 63 letters, digits, spaces and . _ - and begins with a letter or"
              + " digit");
    }
    return name;
  }

  /// Returns the duration if an experiment may last so long, and refuses it otherwise.
  public static Duration requireDuration(Duration duration) {
    if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "%s: an experiment lasts from %s to %s"
              .formatted(
                  duration.isNegative() ? duration : DurationText.format(duration),
                  DurationText.format(SHORTEST),
                  DurationText.format(LONGEST)));
    }
    return duration;
  }

  /// The direction in which one of the faults works here.
  public Direction directionOf(Fault fault) {
    Direction chosen = fault instanceof DnsFailure ? null : traffic.direction();
    return chosen == null ? fault.defaultDirection() : chosen;
  }

  /// The same experiment with every host name replaced by its addresses.
  public Experiment resolved(NameResolver resolver) {
    return with(traffic.resolved(resolver));
  }

  /// The same experiment on other traffic.
  public Experiment with(TrafficFilter other) {
    return new Experiment(name, targets, faults, other, limits, seed);
  }

  private static void requireFits(Fault fault, TrafficFilter traffic) {
    Protocol protocol = traffic.protocol();
    if (fault instanceof Reset && protocol != null && protocol != Protocol.TCP) {
      throw new IllegalArgumentException(
          "reset works on TCP only: leave out protocol %s or choose tcp".formatted(protocol));
    }
    if (fault instanceof DnsFailure && protocol != null && protocol != Protocol.UDP) {
      throw new IllegalArgumentException(
          "dns-fail works on UDP only: leave out protocol %s or choose udp".formatted(protocol));
    }
    if (fault instanceof DnsFailure && traffic.flows().needsTcp()) {
      throw new IllegalArgumentException(
          "dns-fail works on UDP only: leave out TCP flags and TLS server names");
    }
  }
}
