// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

import dev.squall.experiment.Budget;
import dev.squall.experiment.Experiment;
import dev.squall.fault.Fault;
import dev.squall.target.Target;
import dev.squall.target.TrafficFilter;
import dev.squall.unit.DurationText;
import java.time.Duration;
import java.util.List;

/// How an experiment is written: the root of the one description of the file format.
final class ExperimentFormat {

  private static final Key<Experiment, String> NAME =
      Key.optional(
          "name",
          "What to call the experiment.",
          ScalarType.text(
              "a name of letters, digits, spaces and . _ -",
              Experiment.NAME_SYNTAX,
              Experiment::requireName),
          Experiment::name);

  private static final Key<Experiment, List<Target>> TARGETS =
      Key.required(
          "targets",
          "Where the faults happen: one network interface each.",
          new ListType<>(TargetFormat.TYPE, "[{ netns: web }]"),
          Experiment::targets);

  private static final Key<Experiment, List<Fault>> FAULTS =
      Key.required(
          "faults",
          "What happens; several faults add up.",
          new ListType<>(FaultFormat.TYPE, "[{ loss: 5% }]"),
          Experiment::faults);

  private static final Key<Experiment, TrafficFilter> TRAFFIC =
      Key.optional(
          "traffic",
          "Which packets may be hit; without it, all of them.",
          TrafficFormat.TYPE,
          experiment ->
              experiment.traffic().equals(TrafficFilter.ANY) ? null : experiment.traffic());

  private static final Key<Experiment, Duration> DURATION =
      Key.optional(
          "duration",
          "How long the faults last, from 100ms to 24h (default: 60s).",
          ScalarType.text(
              "a duration such as 30s",
              DurationText.SYNTAX,
              text -> Experiment.requireDuration(DurationText.parse(text)),
              DurationText::format),
          Experiment::duration);

  private static final Key<Experiment, Budget> BUDGET =
      Key.optional(
          "budget",
          "How much may be hit on each interface before the kernel ends it.",
          BudgetFormat.TYPE,
          experiment -> experiment.budget().equals(Budget.UNLIMITED) ? null : experiment.budget());

  private static final Key<Experiment, Long> SEED =
      Key.optional(
          "seed",
          "Decides every random choice; the same seed makes the same choices again.",
          ScalarType.integer("a whole number of at most 64 bits", Long.MIN_VALUE, Long.MAX_VALUE),
          Experiment::seed);

  static final MappingType<Experiment> TYPE =
      new MappingType<>(
          Experiment.class,
          List.of(NAME, TARGETS, FAULTS, TRAFFIC, DURATION, BUDGET, SEED),
          fields ->
              new Experiment(
                  fields.orNull(NAME),
                  fields.get(TARGETS),
                  fields.get(FAULTS),
                  fields.or(TRAFFIC, TrafficFilter.ANY),
                  new Experiment.Limits(
                      fields.or(DURATION, Experiment.DEFAULT_DURATION),
                      fields.or(BUDGET, Budget.UNLIMITED)),
                  fields.orNull(SEED)),
          TRAFFIC);

  private ExperimentFormat() {}
}
