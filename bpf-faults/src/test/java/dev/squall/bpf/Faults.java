// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import dev.squall.fault.Corrupt;
import dev.squall.fault.CorruptMode;
import dev.squall.fault.Delay;
import dev.squall.fault.Distribution;
import dev.squall.fault.Duplicate;
import dev.squall.fault.GilbertElliottLoss;
import dev.squall.fault.Jitter;
import dev.squall.fault.Loss;
import dev.squall.fault.Partition;
import dev.squall.fault.PartitionMode;
import dev.squall.fault.Rate;
import dev.squall.fault.Reorder;
import dev.squall.fault.Reset;
import dev.squall.fault.ResetEnd;
import dev.squall.unit.BitRate;
import dev.squall.unit.ByteSize;
import dev.squall.unit.DurationText;
import dev.squall.unit.Percentage;
import org.jspecify.annotations.Nullable;

/// Faults in few words.
final class Faults {
  private Faults() {}

  static Loss loss(String percentage) {
    return new Loss(Percentage.parse(percentage));
  }

  static GilbertElliottLoss gilbertElliott(String parameters) {
    return GilbertElliottLoss.parse(parameters);
  }

  static Duplicate duplicate(String percentage) {
    return new Duplicate(Percentage.parse(percentage));
  }

  static Corrupt corrupt(String percentage, CorruptMode mode) {
    return new Corrupt(Percentage.parse(percentage), mode);
  }

  static Reorder reorder(String percentage, int gap) {
    return new Reorder(Percentage.parse(percentage), gap);
  }

  /// @param burst null for none
  static Rate rate(String rate, @Nullable String burst, String backlog) {
    ByteSize atOnce = burst == null ? null : ByteSize.parse(burst);
    return new Rate(BitRate.parse(rate), atOnce, DurationText.parse(backlog));
  }

  static Reset reset(ResetEnd end) {
    return reset(end, "100%");
  }

  static Reset reset(ResetEnd end, String percentage) {
    return new Reset(Percentage.parse(percentage), end);
  }

  static Partition drop() {
    return new Partition(PartitionMode.DROP);
  }

  static Partition reject() {
    return new Partition(PartitionMode.REJECT);
  }

  static Delay delay(String latency) {
    return new Delay(DurationText.parse(latency), null, false);
  }

  static Delay jittered(String latency, String jitter, Distribution distribution) {
    Jitter around = new Jitter(DurationText.parse(jitter), distribution);
    return new Delay(DurationText.parse(latency), around, false);
  }

  static Delay inOrder(Delay delay) {
    return new Delay(delay.latency(), delay.jitter(), true);
  }
}
