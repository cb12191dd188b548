// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

import dev.squall.fault.Delay;
import dev.squall.fault.Distribution;
import dev.squall.fault.DurationText;
import dev.squall.fault.Fault;
import dev.squall.fault.Jitter;
import dev.squall.fault.Loss;
import dev.squall.fault.Partition;
import dev.squall.fault.PartitionMode;
import dev.squall.fault.Percentage;
import dev.squall.fault.Reset;
import dev.squall.fault.ResetEnd;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How faults are written. A new fault adds its keys and one more variant.
final class FaultFormat {

  private static final ScalarType<Percentage> PERCENTAGE =
      ScalarType.text("a percentage such as 5%", Percentage.SYNTAX, Percentage::parse);

  private static final Key<Loss, Percentage> LOSS =
      Key.required("loss", "Packets vanish, so many of them.", PERCENTAGE, Loss::probability);

  private static final Key<Delay, Duration> DELAY =
      Key.required(
          "delay",
          "Packets arrive later, by so much; at most 60s.",
          ScalarType.text(
              "a duration such as 50ms",
              DurationText.SYNTAX,
              text -> new Delay(DurationText.parse(text), null, false).latency(),
              DurationText::format),
          Delay::latency);

  private static final Key<Delay, Duration> JITTER =
      Key.optional(
          "jitter",
          "How far delays stray: to both sides if uniform, the standard deviation if normal.",
          ScalarType.text(
              "a duration such as 10ms",
              DurationText.SYNTAX,
              text -> new Jitter(DurationText.parse(text), Distribution.UNIFORM).amount(),
              DurationText::format),
          delay -> delay.jitter() == null ? null : delay.jitter().amount());

  private static final Key<Delay, Distribution> DISTRIBUTION =
      Key.<Delay, Distribution>optional(
              "distribution",
              "How jitter is spread (default: uniform).",
              ScalarType.choice(List.of(Distribution.values())),
              delay -> delay.jitter() == null ? null : delay.jitter().distribution())
          .with(JITTER);

  private static final Key<Delay, Boolean> KEEP_ORDER =
      Key.optional(
          "keepOrder",
          "Whether the packets of a flow stay in order in spite of jitter (default: false).",
          ScalarType.truth(),
          delay -> delay.keepOrder() ? true : null);

  private static final Key<Reset, Percentage> RESET =
      Key.required("reset", "TCP connections are reset, so many.", PERCENTAGE, Reset::probability);

  private static final Key<Reset, ResetEnd> END =
      Key.optional(
          "end",
          "Who receives the reset, seen from the packet that is hit (default: both).",
          ScalarType.choice(List.of(ResetEnd.values())),
          Reset::end);

  private static final Key<Partition, PartitionMode> PARTITION =
      Key.required(
          "partition",
          "Nothing gets through; senders hear nothing (drop) or are refused (reject).",
          ScalarType.choice(List.of(PartitionMode.values())),
          Partition::mode);

  static final VariantType<Fault> TYPE =
      new VariantType<>(
          "fault",
          List.of(
              new MappingType<>(
                  Loss.class, List.of(LOSS), fields -> new Loss(fields.get(LOSS)), LOSS),
              new MappingType<>(
                  Delay.class,
                  List.of(DELAY, JITTER, DISTRIBUTION, KEEP_ORDER),
                  fields ->
                      new Delay(fields.get(DELAY), jitter(fields), fields.or(KEEP_ORDER, false)),
                  JITTER),
              new MappingType<>(
                  Reset.class,
                  List.of(RESET, END),
                  fields -> new Reset(fields.get(RESET), fields.or(END, ResetEnd.BOTH)),
                  RESET),
              new MappingType<>(
                  Partition.class,
                  List.of(PARTITION),
                  fields -> new Partition(fields.get(PARTITION)),
                  PARTITION)));

  private FaultFormat() {}

  private static @Nullable Jitter jitter(Fields fields) {
    Duration amount = fields.orNull(JITTER);
    return amount == null
        ? null
        : new Jitter(amount, fields.or(DISTRIBUTION, Distribution.UNIFORM));
  }
}
