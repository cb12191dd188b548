// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is kept of objects, and who is told of changes.
class RecordStoreTest {
  private static final String POD =
      """
      {"kind": "Pod", "apiVersion": "v1",
       "metadata": {"name": "web-1", "namespace": "shop", "resourceVersion": "%s",
         "uid": "6aad55d8-da1f-4c09-9856-82091c439dcb", "labels": {"app": "web", "pod-template-hash": "5d4f"},
         "annotations": {"short": "kept", "long": "%s"},
         "managedFields": [{"manager": "kubelet", "fieldsV1": {"f:status": {"f:phase": {}}}}],
         "ownerReferences": [{"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "web-5d4f", "uid": "1", "controller": true}]},
       "spec": {"nodeName": "n1", "restartPolicy": "Always", "containers": [{"name": "a"}]},
       "status": {"phase": "%s", "podIPs": [{"ip": "10.0.0.1"}, {"ip": "fd00::1"}], "conditions": [{"type": "Ready"}]}}
      """;

  private final List<String> changes = new ArrayList<>();
  private final RecordStore<SlimPod, PodRecord> store =
      new RecordStore<>(
          new Records()::pod,
          SlimPod::new,
          (before, now) -> changes.add(state(before) + " to " + state(now)));

  private static String state(PodRecord pod) {
    return pod == null ? "nothing" : pod.state().phase();
  }

  private static SlimPod pod(String version, String phase) throws JsonProcessingException {
    return new ObjectMapper()
        .readValue(POD.formatted(version, "x".repeat(64), phase), SlimPod.class);
  }

  @Test
  void ofAPodWhatDecidesIsKept() throws JsonProcessingException {
    store.put("shop/web-1", pod("5", "Running"));
    PodRecord pod = store.find("shop", "web-1");
    assertThat(pod.uidOnNode()).isEqualTo("6aad55d8-da1f-4c09-9856-82091c439dcb");
    assertThat(pod.labels()).containsEntry("app", "web");
    assertThat(pod.annotations()).isEqualTo(Map.of("short", "kept"));
    assertThat(pod.state().addresses()).containsExactly("10.0.0.1", "fd00::1");
    assertThat(pod.traits().node()).isEqualTo("n1");
    assertThat(pod.traits().workload()).isEqualTo("Deployment web");
  }

  @Test
  void theWatchGetsBackNamesAndTheRealVersion() throws JsonProcessingException {
    assertThat(store.put("shop/web-1", pod("5", "Pending"))).isNull();
    SlimPod before = store.put("shop/web-1", pod("6", "Running"));
    assertThat(before.getMetadata().getResourceVersion()).isEqualTo("5");
    assertThat(store.getKey(before)).isEqualTo("shop/web-1");
    assertThat(store.keySet()).containsExactly("shop/web-1");
    assertThat(store.size()).isEqualTo(1);
    assertThat(store.remove("shop/web-1").getMetadata().getResourceVersion()).isEqualTo("6");
    assertThat(store.get("shop/web-1")).isNull();
  }

  @Test
  void onlyWhatDecidesIsAChange() throws JsonProcessingException {
    store.put("shop/web-1", pod("5", "Pending"));
    store.put("shop/web-1", pod("6", "Running"));
    store.put("shop/web-1", pod("7", "Running"));
    store.remove("shop/web-1");
    store.remove("shop/web-1");
    assertThat(changes)
        .containsExactly("nothing to Pending", "Pending to Running", "Running to nothing");
  }
}
