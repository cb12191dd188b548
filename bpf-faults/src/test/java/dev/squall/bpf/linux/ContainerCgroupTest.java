// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerCgroupTest {
  private static final String ID = "3f2a".repeat(16);
  private static final String OTHER = "0b1c".repeat(16);
  private static final String POD = "pod9d0a52f4-6c1e-4a55-8f53-4a1f0d2c7b11";
  private static final String POD_SLICE = "pod9d0a52f4_6c1e_4a55_8f53_4a1f0d2c7b11.slice";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0::/docker/%s",
        "0::/system.slice/docker-%s.scope",
        "0::/system.slice/docker-%s.scope/init.scope",
        "12:pids:/docker/%s\n11:memory:/docker/%1$s\n0::/system.slice/containerd.service",
        "4:memory:/kubepods/burstable/" + POD + "/%s",
        "0::/kubepods/besteffort/" + POD + "/%s",
        "0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-"
            + POD_SLICE
            + "/cri-containerd-%s.scope",
        "0::/kubepods.slice/kubepods-" + POD_SLICE + "/crio-%s.scope",
        "0::/kubepods.slice/kubepods-" + POD_SLICE + "/crio-%s.scope/container",
        "7:cpu,cpuacct:/kubepods/" + POD + "/crio-%s",
        "0::/machine.slice/libpod-%s.scope/container",
        "0::/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-%s.scope/container",
        "9:devices:/libpod_parent/libpod-%s",
        "0::/system.slice/nerdctl-%s.scope",
        "0::/../../system.slice/docker-%s.scope",
      })
  void theIdIsFoundInTheCgroupsOfEveryRuntime(String cgroups) {
    assertThat(ContainerCgroup.containerId(cgroups.formatted(ID))).isEqualTo(ID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0::/",
        "0::/init.scope",
        "0::/system.slice/sshd.service",
        "0::/user.slice/user-0.slice/session-3.scope",
        "0::/kubepods.slice/kubepods-" + POD_SLICE,
        "0::/docker/3f2a3f2a",
        "",
      })
  void aProcessOfNoContainerHasNoId(String cgroups) {
    assertThat(ContainerCgroup.containerId(cgroups)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0::/machine.slice/libpod-conmon-%s.scope",
        "0::/kubepods.slice/kubepods-" + POD_SLICE + "/crio-conmon-%s.scope",
      })
  void theMonitorBesideAContainerIsNotInIt(String cgroups) {
    assertThat(ContainerCgroup.containerId(cgroups.formatted(ID))).isNull();
  }

  @Test
  void inAContainerWithinAContainerTheInnerOneCounts() {
    String cgroups = "0::/system.slice/docker-" + OTHER + ".scope/docker/" + ID;

    assertThat(ContainerCgroup.containerId(cgroups)).isEqualTo(ID);
  }
}
