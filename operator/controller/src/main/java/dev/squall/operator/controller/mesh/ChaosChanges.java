// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.mesh;

import io.fabric8.chaosmesh.v1alpha1.NetworkChaos;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import java.util.Set;

/// What has changed about objects that are there, told as if they had changed themselves. Of other
/// events the operator SDK takes no notice while it has no state of an object, and it drops that
/// after a deletion, also when an object of the same name has come meanwhile.
final class ChaosChanges extends AbstractEventSource<Void, NetworkChaos> {
  private final IndexerResourceCache<NetworkChaos> cache;

  ChaosChanges(IndexerResourceCache<NetworkChaos> cache) {
    super(Void.class, "changes");
    this.cache = cache;
  }

  /// Something about this one has changed, if it is there.
  void of(ResourceID id) {
    if (isRunning()) {
      cache
          .get(id)
          .map(chaos -> new ResourceEvent(ResourceAction.UPDATED, id, chaos))
          .ifPresent(getEventHandler()::handleEvent);
    }
  }

  @Override
  public Set<Void> getSecondaryResources(NetworkChaos primary) {
    return Set.of();
  }
}
