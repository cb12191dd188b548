// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.view;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListMeta;
import java.util.ArrayList;
import java.util.List;

/// A page of pods: in a list the items do not say their kind, so the list has to know it.
@JsonDeserialize(using = JsonDeserializer.None.class)
@JsonIgnoreProperties(ignoreUnknown = true)
public final class SlimPodList implements KubernetesResource, KubernetesResourceList<SlimPod> {
  private static final long serialVersionUID = 1;

  private ListMeta metadata = new ListMeta();
  private ArrayList<SlimPod> items = new ArrayList<>();

  @Override
  public ListMeta getMetadata() {
    return metadata;
  }

  public void setMetadata(ListMeta metadata) {
    this.metadata = metadata;
  }

  @Override
  public List<SlimPod> getItems() {
    return items;
  }

  public void setItems(List<SlimPod> items) {
    this.items = new ArrayList<>(items);
  }
}
