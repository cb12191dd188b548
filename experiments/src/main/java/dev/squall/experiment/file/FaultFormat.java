// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

import dev.squall.fault.BitRate;
import dev.squall.fault.ByteSize;
import dev.squall.fault.Corrupt;
import dev.squall.fault.CorruptMode;
import dev.squall.fault.Delay;
import dev.squall.fault.Distribution;
import dev.squall.fault.Duplicate;
import dev.squall.fault.DurationText;
import dev.squall.fault.Fault;
import dev.squall.fault.FourStateLoss;
import dev.squall.fault.GilbertElliottLoss;
import dev.squall.fault.Jitter;
import dev.squall.fault.Loss;
import dev.squall.fault.MtuBlackhole;
import dev.squall.fault.Partition;
import dev.squall.fault.PartitionMode;
import dev.squall.fault.Percentage;
import dev.squall.fault.PeriodicLoss;
import dev.squall.fault.Rate;
import dev.squall.fault.Reorder;
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

  private static final Key<GilbertElliottLoss, GilbertElliottLoss> LOSS_GEMODEL =
      Key.required(
          "lossGemodel",
          "Packets vanish in bursts, by the Gilbert-Elliott model: P,R[,1-H[,1-K]].",
          ScalarType.text(
              "percentages such as 1%,25%",
              GilbertElliottLoss.SYNTAX, GilbertElliottLoss::parse, GilbertElliottLoss::parameters),
          loss -> loss);

  private static final Key<FourStateLoss, FourStateLoss> LOSS_STATE =
      Key.required(
          "lossState",
          "Packets vanish in bursts, by a chain of four states: P13,P31[,P32[,P23[,P14]]].",
          ScalarType.text(
              "percentages such as 1%,25%",
              FourStateLoss.SYNTAX, FourStateLoss::parse, FourStateLoss::parameters),
          loss -> loss);

  private static final Key<PeriodicLoss, Long> LOSS_EVERY =
      Key.required(
          "lossEvery",
          "Every so many packets one vanishes.",
          count(1, PeriodicLoss.LARGEST, 100),
          loss -> (long) loss.every());

  private static final Key<MtuBlackhole, Long> MTU_BLACKHOLE =
      Key.required(
          "mtuBlackhole",
          "Larger IP packets than so many bytes vanish, and nobody is told.",
          count(MtuBlackhole.SMALLEST, MtuBlackhole.LARGEST, 1400),
          hole -> (long) hole.mtu());

  private static final Key<Duplicate, Percentage> DUPLICATE =
      Key.required(
          "duplicate",
          "Packets arrive twice, so many of them.",
          PERCENTAGE,
          Duplicate::probability);

  private static final Key<Corrupt, Percentage> CORRUPT =
      Key.required(
          "corrupt",
          "One bit of the payload is flipped, in so many packets.",
          PERCENTAGE,
          Corrupt::probability);

  private static final Key<Corrupt, CorruptMode> MODE =
      Key.optional(
          "mode",
          "Whether the checksum shows it (default: detectable).",
          ScalarType.choice(List.of(CorruptMode.values())),
          Corrupt::mode);

  private static final Key<Reorder, Percentage> REORDER =
      Key.required(
          "reorder",
          "Packets are held, so many of them, until others have overtaken them.",
          PERCENTAGE,
          Reorder::probability);

  private static final Key<Reorder, Long> GAP =
      Key.optional(
          "gap",
          "At least so many packets from one that is held to the next (default: 1).",
          count(1, Reorder.LARGEST_GAP, 5),
          reorder -> reorder.gap() == 1 ? null : (long) reorder.gap());

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

  private static final Key<Rate, BitRate> RATE =
      Key.required(
          "rate",
          "Packets pass as on a line of so many bits per second.",
          ScalarType.text(
              "a rate such as 10mbit",
              BitRate.SYNTAX,
              text -> new Rate(BitRate.parse(text), null, Rate.DEFAULT_BACKLOG).rate()),
          Rate::rate);

  private static final Key<Rate, ByteSize> BURST =
      Key.optional(
          "burst",
          "So much may pass at once after a pause (default: nothing).",
          ScalarType.text("a size such as 32KiB", ByteSize.SYNTAX, ByteSize::parse),
          Rate::burst);

  private static final Key<Rate, Duration> BACKLOG =
      Key.optional(
          "backlog",
          "A packet that would wait longer is dropped, or marked (default: 200ms).",
          ScalarType.text(
              "a duration such as 200ms",
              DurationText.SYNTAX,
              text -> new Rate(Rate.SLOWEST, null, DurationText.parse(text)).backlog(),
              DurationText::format),
          rate -> rate.backlog().equals(Rate.DEFAULT_BACKLOG) ? null : rate.backlog());

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
                  GilbertElliottLoss.class,
                  List.of(LOSS_GEMODEL),
                  fields -> fields.get(LOSS_GEMODEL),
                  LOSS_GEMODEL),
              new MappingType<>(
                  FourStateLoss.class,
                  List.of(LOSS_STATE),
                  fields -> fields.get(LOSS_STATE),
                  LOSS_STATE),
              new MappingType<>(
                  PeriodicLoss.class,
                  List.of(LOSS_EVERY),
                  fields -> new PeriodicLoss(fields.get(LOSS_EVERY).intValue()),
                  LOSS_EVERY),
              new MappingType<>(
                  MtuBlackhole.class,
                  List.of(MTU_BLACKHOLE),
                  fields -> new MtuBlackhole(fields.get(MTU_BLACKHOLE).intValue()),
                  MTU_BLACKHOLE),
              new MappingType<>(
                  Delay.class,
                  List.of(DELAY, JITTER, DISTRIBUTION, KEEP_ORDER),
                  fields ->
                      new Delay(fields.get(DELAY), jitter(fields), fields.or(KEEP_ORDER, false)),
                  JITTER),
              new MappingType<>(
                  Reorder.class,
                  List.of(REORDER, GAP),
                  fields -> new Reorder(fields.get(REORDER), fields.or(GAP, 1L).intValue()),
                  REORDER),
              new MappingType<>(
                  Duplicate.class,
                  List.of(DUPLICATE),
                  fields -> new Duplicate(fields.get(DUPLICATE)),
                  DUPLICATE),
              new MappingType<>(
                  Corrupt.class,
                  List.of(CORRUPT, MODE),
                  fields ->
                      new Corrupt(fields.get(CORRUPT), fields.or(MODE, CorruptMode.DETECTABLE)),
                  CORRUPT),
              new MappingType<>(
                  Rate.class,
                  List.of(RATE, BURST, BACKLOG),
                  fields ->
                      new Rate(
                          fields.get(RATE),
                          fields.orNull(BURST),
                          fields.or(BACKLOG, Rate.DEFAULT_BACKLOG)),
                  BURST),
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

  private static ScalarType<Long> count(long lowest, long highest, long example) {
    return ScalarType.integer(
        "a whole number from %d to %d, such as %d".formatted(lowest, highest, example),
        lowest,
        highest);
  }

  private static @Nullable Jitter jitter(Fields fields) {
    Duration amount = fields.orNull(JITTER);
    return amount == null
        ? null
        : new Jitter(amount, fields.or(DISTRIBUTION, Distribution.UNIFORM));
  }
}
