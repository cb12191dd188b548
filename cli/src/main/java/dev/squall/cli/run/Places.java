// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import dev.squall.fault.AttachedInterface;
import dev.squall.target.Target;
import java.util.List;

/// Where the faults of a run are: at first what was asked for, later with the interface that was
/// found for it.
final class Places {
  private List<String> places;

  Places(List<Target> targets) {
    places = targets.stream().map(Places::asked).toList();
  }

  /// One phrase per place: `netns web (eth0)`.
  List<String> phrases() {
    return places;
  }

  /// Takes the places that the faults are attached to; none leaves what was asked for.
  void found(List<AttachedInterface> attached) {
    if (!attached.isEmpty()) {
      places = attached.stream().map(AttachedInterface::describe).distinct().toList();
    }
  }

  private static String asked(Target target) {
    String networkInterface = target.networkInterface();
    return networkInterface == null
        ? target.describe()
        : target.describe() + " (" + networkInterface + ")";
  }
}
