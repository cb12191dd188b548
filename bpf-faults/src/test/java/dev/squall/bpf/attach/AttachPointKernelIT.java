// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.attach;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.squall.bpf.libbpf.BpfMap;
import dev.squall.bpf.libbpf.BpfObject;
import dev.squall.bpf.libbpf.BpfProgram;
import dev.squall.bpf.libbpf.Hook;
import dev.squall.bpf.libbpf.TcxSupport;
import dev.squall.bpf.libbpf.TestObjects;
import dev.squall.bpf.linux.Availability;
import dev.squall.bpf.linux.Link;
import dev.squall.bpf.linux.Links;
import dev.squall.bpf.linux.NetworkNamespace;
import dev.squall.bpf.linux.Privilege;
import dev.squall.bpf.linux.Shell;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The same behaviour is asked of both ways of attaching. Pings from one namespace to another pass
/// `a0` on the way out and on the way in.
class AttachPointKernelIT {
  private final BpfObject object = TestObjects.loaded("loader_test");
  private final BpfProgram count = object.program("test_count");
  private NetworkNamespace near;
  private NetworkNamespace far;
  private int device;

  enum Way {
    TCX,
    CLSACT;

    /// Skips the test where the kernel has no such way.
    AttachPoint point() {
      boolean there = this == CLSACT || TcxSupport.probe() != Availability.NO;
      Assumptions.assumeTrue(there, "needs tcx, which Linux has from 6.6 on");
      return switch (this) {
        case TCX -> new TcxAttachPoint();
        case CLSACT -> new ClsactAttachPoint();
      };
    }
  }

  @BeforeAll
  static void needsTheKernel() {
    Privilege.require();
  }

  @BeforeEach
  void makeTwoNamespaces() {
    near = NetworkNamespace.anonymous();
    far = NetworkNamespace.anonymous();
    near.run(() -> Links.createVethPair("a0", "a1", far, 1500));
    device = near.call(AttachPointKernelIT::device).index();
    address(near, "a0", "10.214.0.1/24");
    address(far, "a1", "10.214.0.2/24");
  }

  private static Link device() {
    return Objects.requireNonNull(Links.byName("a0"));
  }

  private static void address(NetworkNamespace namespace, String name, String address) {
    Shell.in(namespace, "ip addr add " + address + " dev " + name);
    int index = Objects.requireNonNull(namespace.call(() -> Links.byName(name))).index();
    namespace.run(() -> Links.upWithoutAddresses(index));
  }

  @AfterEach
  void removeEverything() {
    near.close();
    far.close();
    object.close();
  }

  private Attachment attach(Way way, Hook hook) {
    return near.call(() -> way.point().attach(count, device, hook));
  }

  private int counted() {
    BpfMap counters = object.map("test_counters");
    return counters.mmap().get(JAVA_INT, counters.stride());
  }

  private void ping() {
    Shell.in(near, "ping -c 3 -i 0.01 -W 1 10.214.0.2");
  }

  @ParameterizedTest
  @EnumSource
  void anAttachedProgramSeesPacketsUntilItIsClosed(Way way) {
    for (Hook hook : Hook.values()) {
      int before = counted();
      try (Attachment attachment = attach(way, hook)) {
        ping();
        assertThat(counted() - before).as("%s", hook).isGreaterThanOrEqualTo(3);
        assertThat(attachment.isAttached()).isTrue();
      }
      int after = counted();
      ping();
      assertThat(counted()).as("%s, closed", hook).isEqualTo(after);
    }
  }

  @ParameterizedTest
  @EnumSource
  void afterClosingTheInterfaceIsAsItWas(Way way) {
    String before = queues();
    Attachment ingress = attach(way, Hook.INGRESS);
    Attachment egress = attach(way, Hook.EGRESS);
    ingress.close();
    egress.close();
    egress.close();

    assertThat(queues()).isEqualTo(before);
    assertThat(egress.isAttached()).isFalse();
  }

  private String queues() {
    return Shell.in(near, "tc qdisc show dev a0") + Shell.in(near, "tc filter show dev a0 egress");
  }

  @ParameterizedTest
  @EnumSource
  void twoOfOursOnOneHookBothSeeEveryPacket(Way way) {
    try (BpfObject other = TestObjects.loaded("loader_test");
        Attachment first = attach(way, Hook.EGRESS);
        Attachment second =
            near.call(() -> way.point().attach(other.program("test_count"), device, Hook.EGRESS))) {
      ping();
      BpfMap counters = other.map("test_counters");
      assertThat(counters.mmap().get(JAVA_INT, counters.stride()))
          .isGreaterThanOrEqualTo(3)
          .isEqualTo(counted());
      assertThat(first.isAttached() && second.isAttached()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theNewestProgramSeesWhatAnOlderOneDrops(Way way) {
    BpfProgram drop = object.program("test_drop");
    try (Attachment older = near.call(() -> way.point().attach(drop, device, Hook.EGRESS));
        Attachment newest = attach(way, Hook.EGRESS)) {
      assertThatThrownBy(this::ping).hasMessageContaining("100% packet loss");
      assertThat(counted()).isPositive();
      assertThat(older.isAttached() && newest.isAttached()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAttachmentWhoseInterfaceHasGoneSaysSoAndCloses(Way way) {
    try (Attachment attachment = attach(way, Hook.EGRESS)) {
      near.run(() -> Links.delete(device));
      await().until(() -> !attachment.isAttached());
    }
  }

  @ParameterizedTest
  @EnumSource
  void anInterfaceThatIsNotThereIsRefused(Way way) {
    assertThatThrownBy(() -> near.call(() -> way.point().attach(count, 4711, Hook.EGRESS)))
        .hasMessageContaining("interface 4711")
        .hasMessageContaining("errno 19");
  }

  @Test
  void aQueueThatSomebodyElseMadeStays() {
    Shell.in(near, "tc qdisc add dev a0 clsact");
    String before = queues();
    attach(Way.CLSACT, Hook.EGRESS).close();

    assertThat(queues()).isEqualTo(before).contains("clsact");
  }

  @Test
  void filtersOfOthersStayAndTheirKindsDoNotMatter() {
    Shell.in(near, "tc qdisc add dev a0 clsact");
    Shell.in(near, "tc filter add dev a0 egress prio 1 protocol all u32 match u32 0 0 classid 1:1");
    try (Attachment attachment = attach(Way.CLSACT, Hook.EGRESS)) {
      assertThat(attachment.isAttached()).isTrue();
      assertThat(Shell.in(near, "tc filter show dev a0 egress")).contains("test_count");
    }
    assertThat(Shell.in(near, "tc filter show dev a0 egress"))
        .contains("u32")
        .doesNotContain("test_count");
  }

  @Test
  void whatADeadOwnerLeftIsFoundAndRemoved() {
    String before = queues();
    attach(Way.CLSACT, Hook.INGRESS);
    attach(Way.CLSACT, Hook.EGRESS);

    near.run(
        () -> {
          assertThat(ClsactFilters.ours(device))
              .hasSize(2)
              .allSatisfy(filter -> assertThat(filter.name()).isEqualTo("test_count"))
              .allSatisfy(filter -> assertThat(filter.programId()).isPositive());
          ClsactFilters.ours(device).forEach(ClsactFilters::remove);
          assertThat(ClsactFilters.ours(device)).isEmpty();
        });
    assertThat(queues()).isEqualTo(before);
  }

  @Test
  void thisKernelsWayIsFoundOutByAsking() {
    AttachPoint point = near.call(AttachPoint::probe);

    assertThat(point.endsWithOwner()).isEqualTo(point instanceof TcxAttachPoint);
  }
}
