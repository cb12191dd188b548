// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodCgroupTest {
  private static final String CONTAINER = "3f2a".repeat(16);
  private static final String UID = "9d0a52f4-6c1e-4a55-8f53-4a1f0d2c7b11";
  private static final String SLICE = "9d0a52f4_6c1e_4a55_8f53_4a1f0d2c7b11.slice";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4:memory:/kubepods/burstable/pod" + UID + "/%s",
        "0::/kubepods/pod" + UID + "/crio-%s",
        "0::/kubepods/besteffort/pod" + UID,
        "12:pids:/kubepods/pod" + UID + "/%s\n0::/system.slice/containerd.service",
        "12:pids:/system.slice/containerd.service\n4:memory:/kubepods/pod" + UID + "/%s",
        "0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod"
            + SLICE
            + "/cri-containerd-%s.scope",
        "0::/kubepods.slice/kubepods-pod" + SLICE + "/crio-%s.scope/container",
        "0::/kubepods.slice/kubepods-pod" + SLICE + "/docker-%s.scope",
        "0::/system.slice/containerd.service/kubepods-burstable-pod" + SLICE + ":cri-containerd:%s",
        "0::/kubelet/kubepods/burstable/pod" + UID + "/%s",
        "0::/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-besteffort-pod" + SLICE + "/%s",
        "0::/../../pod" + UID + "/%s",
        "0::/../../../kubepods-burstable-pod" + SLICE + "/cri-containerd-%s.scope",
      })
  void theUidIsFoundWhicheverDriverAndRuntime(String cgroups) {
    assertThat(PodCgroup.uid(cgroups.formatted(CONTAINER))).isEqualTo(UID);
  }

  @Test
  void theUidOfAStaticPodIsAHash() {
    String hash = "0123456789abcdef".repeat(2);
    assertThat(PodCgroup.uid("0::/kubepods/burstable/pod" + hash + "/" + CONTAINER))
        .isEqualTo(hash);
  }

  @Test
  void inAClusterWithinAPodTheInnerPodCounts() {
    String outer = "11111111-2222-3333-4444-555555555555";
    String cgroups = "0::/kubepods/pod" + outer + "/" + CONTAINER + "/kubepods/pod" + UID + "/c";
    assertThat(PodCgroup.uid(cgroups)).isEqualTo(UID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0::/",
        "0::/system.slice/sshd.service",
        "0::/docker/%s",
        "0::/kubepods/burstable",
        "0::/user.slice/pod" + UID,
        "0::/kubepods/podcast",
        "0::/kubepods.slice/kubepods-pod" + SLICE + "/crio-conmon-%s.scope",
      })
  void aProcessOfNoPodHasNoUid(String cgroups) {
    assertThat(PodCgroup.uid(cgroups.formatted(CONTAINER))).isNull();
  }
}
