// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.squall.fault.FaultException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinksKernelIT {
  private NetworkNamespace target;
  private NetworkNamespace far;

  @BeforeAll
  static void needsTheKernel() {
    Privilege.require();
  }

  @BeforeEach
  void makeNamespaces() {
    target = NetworkNamespace.anonymous();
    far = NetworkNamespace.anonymous();
    target.run(() -> Links.createVethPair("dly0", "dly1", far, 9000));
  }

  @AfterEach
  void removeThem() {
    target.close();
    far.close();
  }

  private Link near() {
    return Objects.requireNonNull(target.call(() -> Links.byName("dly0")));
  }

  @Test
  void aVethPairHasAnEndInEachNamespace() {
    assertThat(near().type()).isEqualTo(new LinkType(LinkType.ETHERNET, "veth"));
    assertThat(near().mtu()).isEqualTo(9000);
    assertThat(near().isUp()).isFalse();
    assertThat(far.call(() -> Links.byName("dly1"))).isNotNull();
    assertThat(Shell.in(target, "ip -o link")).contains("dly0").doesNotContain("dly1");
  }

  @Test
  void theNearEndVanishesWithTheNamespaceThatOnlyADescriptorHolds() {
    far.close();

    await()
        .atMost(Duration.ofSeconds(2))
        .untilAsserted(
            () -> assertThat(target.call(Links::list)).extracting(Link::name).containsOnly("lo"));
  }

  @Test
  void anInterfaceThatGoesUpBareHasNoAddress() {
    target.run(() -> Links.upWithoutAddresses(near().index()));
    far.run(() -> Links.upWithoutAddresses(Objects.requireNonNull(Links.byName("dly1")).index()));

    assertThat(near().isUp()).isTrue();
    assertThat(Shell.in(target, "ip -o addr show dev dly0")).isEmpty();
    assertThat(Shell.in(target, "ip -d link show dev dly0")).contains("addrgenmode none");
  }

  @Test
  void anAliasIsSetAndTakenAway() {
    target.run(() -> Links.setAlias(near().index(), "squall 3f2a 4711"));
    assertThat(near().alias()).isEqualTo("squall 3f2a 4711");
    assertThat(Shell.in(target, "ip link show dev dly0")).contains("alias squall 3f2a 4711");

    target.run(() -> Links.setAlias(near().index(), ""));
    assertThat(near().alias()).isNull();
  }

  @Test
  void aQueueLengthIsWhatIpShows() {
    target.run(() -> Links.setQueueLength(near().index(), 10_000));

    assertThat(Shell.in(target, "ip link show dev dly0")).contains("qlen 10000");
  }

  @Test
  void deletingOneEndDeletesBoth() {
    target.run(() -> Links.delete(near().index()));

    assertThat(target.call(() -> Links.byName("dly0"))).isNull();
    assertThat(far.call(() -> Links.byName("dly1"))).isNull();
  }

  @Test
  void whatTheKernelRefusesIsNamed() {
    assertThatExceptionOfType(LinuxException.class)
        .isThrownBy(() -> target.run(() -> Links.createVethPair("dly0", "dly2", far, 1500)))
        .withMessageContaining("creating the veth pair dly0: File exists")
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST));
    assertThatExceptionOfType(LinuxException.class)
        .isThrownBy(() -> target.run(() -> Links.up(4711)))
        .withMessageContaining("switching interface 4711 on: No such device");
    assertThatExceptionOfType(LinuxException.class)
        .as("the kernel's own explanation is in it")
        .isThrownBy(() -> target.run(() -> Links.setMtu(near().index(), 10)))
        .withMessageContaining("mtu less than device minimum");
  }

  @Test
  void withoutADefaultRouteTheOnlyInterfaceIsMeant() {
    assertThat(target.call(() -> TargetInterface.find(null, "netns web")).name()).isEqualTo("dly0");
  }

  @Test
  void theDefaultRouteChoosesAmongSeveral() {
    target.run(() -> Links.createVethPair("eth1", "far1", far, 1500));
    addRoute("eth1", "192.0.2.1/24", "default via 192.0.2.254 metric 50");
    addRoute("dly0", "198.51.100.1/24", "default via 198.51.100.254 metric 100");

    assertThat(target.call(() -> TargetInterface.find(null, "netns web")).name()).isEqualTo("eth1");
  }

  @Test
  void aDefaultRouteOfIpv6CountsWhenThereIsNoneOfIpv4() {
    target.run(() -> Links.createVethPair("eth1", "far1", far, 1500));
    Shell.in(target, "ip link set eth1 up");
    Shell.in(target, "ip -6 route add default dev eth1");

    assertThat(target.call(() -> TargetInterface.find(null, "netns web")).name()).isEqualTo("eth1");
  }

  @Test
  void bothNextHopsOfAMultipathRouteAreFound() {
    target.run(() -> Links.createVethPair("eth1", "far1", far, 1500));
    Shell.in(target, "ip link set eth1 up");
    Shell.in(target, "ip link set dly0 up");
    Shell.in(target, "ip route add default nexthop dev dly0 nexthop dev eth1");

    assertThat(target.call(Routes::defaultInterfaces)).hasSize(2).contains(near().index());
  }

  private void addRoute(String device, String address, String route) {
    Shell.in(target, "ip link set " + device + " up");
    Shell.in(target, "ip addr add " + address + " dev " + device);
    Shell.in(target, "ip route add " + route + " dev " + device);
  }

  @Test
  void anUnknownInterfaceIsRefusedWithThoseThereAre() {
    assertThatExceptionOfType(FaultException.class)
        .isThrownBy(() -> target.call(() -> TargetInterface.find("eth7", "netns web")))
        .withMessage("interface eth7: netns web has none of that name, it has lo, dly0");
  }
}
