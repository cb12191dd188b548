// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.squall.fault.FaultException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetInterfaceTest {
  private static final Link LO = link(1, "lo", LinkType.LOOPBACK, 8);
  private static final Link ETH0 = link(2, "eth0", LinkType.ETHERNET, 1);
  private static final Link ETH1 = link(3, "eth1", LinkType.ETHERNET, 1);

  private static Link link(int index, String name, int hardware, int flags) {
    return new Link(index, name, null, 1500, new LinkType(hardware, null), flags);
  }

  @Test
  void theInterfaceOfTheDefaultRouteIsMeant() {
    assertThat(TargetInterface.preferred(List.of(LO, ETH0, ETH1), List.of(3, 2), "netns web"))
        .isEqualTo(ETH1);
  }

  @Test
  void withoutADefaultRouteTheOnlyOneThatIsNotLoIsMeant() {
    assertThat(TargetInterface.preferred(List.of(LO, ETH0), List.of(), "netns web"))
        .isEqualTo(ETH0);
  }

  @Test
  void severalWithoutADefaultRouteAreRefusedWithTheirNames() {
    assertThatExceptionOfType(FaultException.class)
        .isThrownBy(
            () -> TargetInterface.preferred(List.of(LO, ETH0, ETH1), List.of(), "netns web"))
        .withMessage(
            "netns web has no default route and several interfaces; choose one with --interface:"
                + " eth0, eth1")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FaultException.Kind.USER));
  }

  @Test
  void onlyLoIsRefusedUnlessItIsNamed() {
    assertThatExceptionOfType(FaultException.class)
        .isThrownBy(() -> TargetInterface.preferred(List.of(LO), List.of(), "pid 42"))
        .withMessageStartingWith("pid 42 has no interface but lo");
  }
}
