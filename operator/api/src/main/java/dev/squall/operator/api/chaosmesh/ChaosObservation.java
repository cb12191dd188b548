// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.chaosmesh;

import dev.squall.operator.api.chaosmesh.ChaosStatus.DesiredPhase;
import dev.squall.operator.api.v1alpha1.PodFault;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of a NetworkChaos at one moment.
///
/// @param paused whether it goes on when its annotation is gone
/// @param pods all that are chosen now
/// @param silent how many nodes have not confirmed that nothing is left, where that is to be
/// @param remarks what its user should know, a sentence each
public record ChaosObservation(
    DesiredPhase desired,
    boolean paused,
    List<ObservedPod> pods,
    int silent,
    List<String> remarks,
    Instant now) {

  /// `selectorKey` of the selected pods.
  public static final String SOURCE = ".";

  /// `selectorKey` of the target's pods.
  public static final String TARGET = ".Target";

  public ChaosObservation {
    pods = List.copyOf(pods);
    remarks = List.copyOf(remarks);
  }

  /// Of one that cannot be done at all. It is over, so that it stands in no other run's way.
  public static ChaosObservation refused(String why, Instant now) {
    return new ChaosObservation(DesiredPhase.STOP, false, List.of(), 0, List.of(why), now);
  }

  /// The key of the pods of a part of the experiment.
  public static String selectorKey(String part) {
    return part.equals(MeshParts.TARGET) ? TARGET : SOURCE;
  }

  /// A pod that is chosen.
  ///
  /// @param id `NAMESPACE/NAME`
  /// @param selectorKey SOURCE or TARGET; one who is both is here twice
  /// @param generation of the NodeFault in which it is; null: in none
  /// @param rows what its node says about it, empty until it does; null where nothing is done to
  ///   it, as it is only the other end of what is done to others
  public record ObservedPod(
      String id, String selectorKey, @Nullable Long generation, @Nullable List<PodFault> rows) {
    public ObservedPod {
      rows = rows == null ? null : List.copyOf(rows);
    }
  }
}
