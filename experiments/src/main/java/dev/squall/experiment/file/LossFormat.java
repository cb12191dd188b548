// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

import dev.squall.fault.Fault;
import dev.squall.fault.FourStateLoss;
import dev.squall.fault.GilbertElliottLoss;
import dev.squall.fault.Loss;
import dev.squall.fault.MtuBlackhole;
import dev.squall.fault.PeriodicLoss;
import dev.squall.fault.Ramp;
import dev.squall.unit.Percentage;
import java.util.List;

/// How faults are written by which packets vanish.
final class LossFormat {
  private static final Key<Loss, Percentage> LOSS =
      Key.required(
          "loss", "Packets vanish, so many of them.", ScalarType.percentage(), Loss::probability);

  private static final Key<Loss, Ramp> RAMP = ramp(Loss::ramp);

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
          ScalarType.count(1, PeriodicLoss.LARGEST, 100),
          loss -> (long) loss.every());

  private static final Key<MtuBlackhole, Long> MTU_BLACKHOLE =
      Key.required(
          "mtuBlackhole",
          "Larger IP packets than so many bytes vanish, and nobody is told.",
          ScalarType.count(MtuBlackhole.SMALLEST, MtuBlackhole.LARGEST, 1400),
          hole -> (long) hole.mtu());

  static final List<MappingType<? extends Fault>> VARIANTS =
      List.of(
          new MappingType<>(
              Loss.class,
              List.of(LOSS, RAMP),
              fields -> new Loss(fields.get(LOSS), fields.orNull(RAMP)),
              RAMP),
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
              MTU_BLACKHOLE));

  private LossFormat() {}

  /// The correlation of a fault that has a share.
  static <F extends Fault> Key<F, Percentage> correlation(Key.Part<F, Percentage> correlation) {
    return Key.optional(
        "correlation",
        "How much a decision is like the one before: above 0%, below 100% (default: not at all).",
        ScalarType.percentage(),
        correlation);
  }

  /// The ramp of a fault that has a share.
  static <F extends Fault> Key<F, Ramp> ramp(Key.Part<F, Ramp> ramp) {
    return Key.optional(
        "ramp",
        "How the share comes about: evenly from one to another, in so long.",
        ScalarType.ramp(),
        ramp);
  }
}
