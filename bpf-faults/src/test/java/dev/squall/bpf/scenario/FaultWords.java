// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import dev.squall.experiment.Experiment;
import dev.squall.fault.Delay;
import dev.squall.fault.Fault;
import dev.squall.fault.Loss;
import dev.squall.fault.Partition;
import dev.squall.fault.PartitionMode;
import dev.squall.fault.Reset;
import dev.squall.fault.ResetEnd;
import dev.squall.target.Direction;
import dev.squall.target.Target;
import dev.squall.target.TrafficFilter;
import dev.squall.unit.DurationText;
import dev.squall.unit.Percentage;
import java.time.Duration;
import java.util.List;

/// Faults as words for the command line of [InjectorMain]: `loss:5%`, `delay:50ms`, `reset:100%`,
/// `partition:drop`.
final class FaultWords {
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(2);

  private FaultWords() {}

  /// @param place network namespace, direction, port of UDP or TCP at either end or 0 for
  ///   everything
  static Experiment experiment(List<String> place, List<String> faults) {
    Target target = new Target.NamedNetns(place.get(0), null);
    Direction direction = Direction.valueOf(place.get(1));
    int port = Integer.parseInt(place.get(2));
    TrafficFilter traffic =
        port == 0 ? Scenario.everything(direction) : Scenario.destinationPort(direction, port);
    List<Fault> parsed = faults.stream().map(FaultWords::fault).toList();
    return new Experiment(null, List.of(target), parsed, traffic, LONG_ENOUGH, null);
  }

  private static Fault fault(String words) {
    String[] parts = words.split(":", 2);
    return switch (parts[0]) {
      case "loss" -> new Loss(Percentage.parse(parts[1]));
      case "delay" -> new Delay(DurationText.parse(parts[1]), null, false);
      case "reset" -> new Reset(Percentage.parse(parts[1]), ResetEnd.BOTH);
      case "partition" ->
          new Partition(parts[1].equals("drop") ? PartitionMode.DROP : PartitionMode.REJECT);
      default -> throw new IllegalArgumentException(words);
    };
  }
}
