// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

import dev.squall.fault.Corrupt;
import dev.squall.fault.CorruptMode;
import dev.squall.fault.Delay;
import dev.squall.fault.Distribution;
import dev.squall.fault.DnsFailure;
import dev.squall.fault.Duplicate;
import dev.squall.fault.Fault;
import dev.squall.fault.Jitter;
import dev.squall.fault.NamedDistribution;
import dev.squall.fault.Partition;
import dev.squall.fault.PartitionMode;
import dev.squall.fault.Ramp;
import dev.squall.fault.Rate;
import dev.squall.fault.Reorder;
import dev.squall.fault.Reset;
import dev.squall.fault.ResetEnd;
import dev.squall.target.NamePattern;
import dev.squall.unit.BitRate;
import dev.squall.unit.ByteSize;
import dev.squall.unit.DurationText;
import dev.squall.unit.Percentage;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How faults are written. A new fault adds its keys and one more variant.
final class FaultFormat {

  private static final Key<Duplicate, Percentage> DUPLICATE =
      Key.required(
          "duplicate",
          "Packets arrive twice, so many of them.",
          ScalarType.percentage(),
          Duplicate::probability);

  private static final Key<Corrupt, Percentage> CORRUPT =
      Key.required(
          "corrupt",
          "One bit of the payload is flipped, in so many packets.",
          ScalarType.percentage(),
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
          ScalarType.percentage(),
          Reorder::probability);

  private static final Key<Reorder, Long> GAP =
      Key.optional(
          "gap",
          "At least so many packets from one that is held to the next (default: 1).",
          ScalarType.count(1, Reorder.LARGEST_GAP, 5),
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
          "How far delays stray: to both sides if uniform, else their standard deviation.",
          ScalarType.text(
              "a duration such as 10ms",
              DurationText.SYNTAX,
              text -> new Jitter(DurationText.parse(text), NamedDistribution.UNIFORM).amount(),
              DurationText::format),
          delay -> delay.jitter() == null ? null : delay.jitter().amount());

  private static final Key<Delay, Distribution> DISTRIBUTION =
      Key.<Delay, Distribution>optional(
              "distribution",
              "How jitter is spread: a name, or the path of a table of netem's (default: uniform).",
              ScalarType.text(
                  "a distribution such as normal",
                  DistributionText.SYNTAX,
                  DistributionText::parse),
              delay -> delay.jitter() == null ? null : delay.jitter().distribution())
          .with(JITTER);

  private static final Key<Delay, Percentage> JITTER_CORRELATION =
      LossFormat.<Delay>correlation(
              delay -> delay.jitter() == null ? null : delay.jitter().correlation())
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

  private static final Key<DnsFailure, DnsFailure.Outcome> DNS_FAIL =
      Key.required(
          "dnsFail",
          "Answers of DNS over UDP become this failure, or do not come.",
          ScalarType.choice(List.of(DnsFailure.Outcome.values())),
          DnsFailure::outcome);

  private static final Key<DnsFailure, List<NamePattern>> NAMES =
      Key.optional(
          "names",
          "The names that are asked for (default: all).",
          new ListType<>(
              ScalarType.text(
                  "a name such as api.example.com or *.example",
                  NamePattern.SYNTAX,
                  NamePattern::parse),
              "[\"*.example.com\"]"),
          failure -> failure.names().isEmpty() ? null : failure.names());

  private static final Key<Reset, Percentage> RESET =
      Key.required(
          "reset",
          "TCP connections are reset, so many.",
          ScalarType.percentage(),
          Reset::probability);

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

  private static final Key<Duplicate, Ramp> DUPLICATE_RAMP = LossFormat.ramp(Duplicate::ramp);
  private static final Key<Corrupt, Ramp> CORRUPT_RAMP = LossFormat.ramp(Corrupt::ramp);
  private static final Key<Duplicate, Percentage> DUPLICATE_CORRELATION =
      LossFormat.correlation(Duplicate::correlation);
  private static final Key<Corrupt, Percentage> CORRUPT_CORRELATION =
      LossFormat.correlation(Corrupt::correlation);
  private static final Key<Reset, Ramp> RESET_RAMP = LossFormat.ramp(Reset::ramp);

  private static final List<MappingType<? extends Fault>> OTHERS =
      List.of(
          new MappingType<>(
              Delay.class,
              List.of(DELAY, JITTER, DISTRIBUTION, JITTER_CORRELATION, KEEP_ORDER),
              fields -> new Delay(fields.get(DELAY), jitter(fields), fields.or(KEEP_ORDER, false)),
              JITTER),
          new MappingType<>(
              Reorder.class,
              List.of(REORDER, GAP),
              fields -> new Reorder(fields.get(REORDER), fields.or(GAP, 1L).intValue()),
              REORDER),
          new MappingType<>(
              Duplicate.class,
              List.of(DUPLICATE, DUPLICATE_RAMP, DUPLICATE_CORRELATION),
              fields ->
                  new Duplicate(
                      fields.get(DUPLICATE),
                      fields.orNull(DUPLICATE_RAMP),
                      fields.orNull(DUPLICATE_CORRELATION)),
              DUPLICATE_RAMP),
          new MappingType<>(
              Corrupt.class,
              List.of(CORRUPT, MODE, CORRUPT_RAMP, CORRUPT_CORRELATION),
              fields ->
                  new Corrupt(
                      fields.get(CORRUPT),
                      fields.or(MODE, CorruptMode.DETECTABLE),
                      fields.orNull(CORRUPT_RAMP),
                      fields.orNull(CORRUPT_CORRELATION)),
              CORRUPT_RAMP),
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
              DnsFailure.class,
              List.of(DNS_FAIL, NAMES),
              fields -> new DnsFailure(fields.get(DNS_FAIL), fields.or(NAMES, List.of())),
              DNS_FAIL),
          new MappingType<>(
              Reset.class,
              List.of(RESET, END, RESET_RAMP),
              fields ->
                  new Reset(
                      fields.get(RESET), fields.or(END, ResetEnd.BOTH), fields.orNull(RESET_RAMP)),
              RESET_RAMP),
          new MappingType<>(
              Partition.class,
              List.of(PARTITION),
              fields -> new Partition(fields.get(PARTITION)),
              PARTITION));

  static final VariantType<Fault> TYPE =
      new VariantType<>(
          "fault", Stream.concat(LossFormat.VARIANTS.stream(), OTHERS.stream()).toList());

  private FaultFormat() {}

  private static @Nullable Jitter jitter(Fields fields) {
    Duration amount = fields.orNull(JITTER);
    return amount == null
        ? null
        : new Jitter(
            amount,
            fields.or(DISTRIBUTION, NamedDistribution.UNIFORM),
            fields.orNull(JITTER_CORRELATION));
  }
}
