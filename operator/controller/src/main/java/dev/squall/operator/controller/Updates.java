// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller;

import dev.squall.operator.api.chaosmesh.Schedule;
import io.fabric8.chaosmesh.v1alpha1.NetworkChaos;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Objects;

/// Which updates of experiments are news.
final class Updates {
  private Updates() {}

  /// The status is ours; what others change is the spec, the annotations, and that they delete it.
  /// Not every kind tells a change of the spec by its generation.
  static boolean isForUs(HasMetadata now, HasMetadata before) {
    ObjectMeta is = now.getMetadata();
    ObjectMeta was = before.getMetadata();
    boolean changed =
        switch (now) {
          case NetworkChaos chaos ->
              !(before instanceof NetworkChaos other)
                  || !Objects.equals(chaos.getSpec(), other.getSpec());
          case Schedule schedule ->
              !(before instanceof Schedule other)
                  || !Objects.equals(schedule.getSpec(), other.getSpec());
          default -> !Objects.equals(is.getGeneration(), was.getGeneration());
        };
    return changed
        || !Objects.equals(is.getAnnotations(), was.getAnnotations())
        || !Objects.equals(is.getDeletionTimestamp(), was.getDeletionTimestamp())
        || !Objects.equals(is.getFinalizers(), was.getFinalizers());
  }
}
