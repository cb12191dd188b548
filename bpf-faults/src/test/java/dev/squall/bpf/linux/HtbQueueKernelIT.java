// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HtbQueueKernelIT {
  private static final long MILLISECOND = 1_000_000;

  private NetworkNamespace namespace;
  private int device;

  @BeforeAll
  static void needsTheKernel() {
    Privilege.require();
  }

  @BeforeEach
  void makeADevice() {
    namespace = NetworkNamespace.anonymous();
    namespace.run(() -> Links.createVethPair("q0", "q1", namespace, 1500));
    device = Objects.requireNonNull(namespace.call(() -> Links.byName("q0"))).index();
  }

  @AfterEach
  void removeIt() {
    namespace.close();
  }

  @Test
  void theQueueIsTheOneThatTcWouldMake() {
    SizeTable sizes = new SizeTable(131_072, 512, 70_000);
    namespace.run(() -> HtbQueue.add(device, sizes));
    Shell.in(
        namespace,
        "tc qdisc add dev q1 root handle 1: stab mtu 131072 tsize 512 mpu 70000 htb default 0");

    assertThat(described("q0")).isEqualTo(described("q1")).contains("mpu 70000");
  }

  private String described(String name) {
    return Shell.in(namespace, "tc -d qdisc show dev " + name);
  }

  @Test
  void aClassHoldsForItsDelay() {
    long[] delays = {50 * MILLISECOND, 1000 * MILLISECOND};
    namespace.run(() -> HtbQueue.add(device));
    namespace.run(() -> HtbQueue.addClasses(device, 1, delays));

    assertThat(classes().lines())
        .as("8 MiB in 50 ms, and in 1 s")
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).contains("class htb 1:1 root prio 0 rate 1342Mbit"),
            line -> assertThat(line).contains("class htb 1:2 root prio 0 rate 67108Kbit"));
    assertThat(classes()).contains("burst 0b cburst 0b");
  }

  private String classes() {
    return Shell.in(namespace, "tc class show dev q0");
  }

  @Test
  void aThousandClassesAreAddedAndChangedInBatches() {
    long[] delays = new long[1024];
    Arrays.fill(delays, 50 * MILLISECOND);
    namespace.run(() -> HtbQueue.add(device));
    namespace.run(() -> HtbQueue.addClasses(device, 1, delays));
    assertThat(classes().lines()).hasSize(1024).allMatch(line -> line.contains("1342Mbit"));

    Arrays.fill(delays, 1000 * MILLISECOND);
    namespace.run(() -> HtbQueue.changeClasses(device, 1, delays));
    assertThat(classes().lines()).hasSize(1024).allMatch(line -> line.contains("67108Kbit"));
  }

  @Test
  void anErrorInTheMiddleOfABatchIsReported() {
    namespace.run(() -> HtbQueue.add(device));
    namespace.run(() -> HtbQueue.addClasses(device, 500, new long[] {MILLISECOND}));
    long[] delays = new long[1024];
    Arrays.fill(delays, MILLISECOND);

    assertThatExceptionOfType(LinuxException.class)
        .isThrownBy(() -> namespace.run(() -> HtbQueue.addClasses(device, 1, delays)))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST));
  }

  @Test
  void afterTheRootIsTakenAwayNothingIsLeft() {
    namespace.run(() -> HtbQueue.add(device));
    namespace.run(() -> Qdiscs.deleteRoot(device));

    assertThat(described("q0")).doesNotContain("htb");
  }

  @Test
  void whatThisKernelHasIsFoundOutByTrying() {
    QueueSupport support = QueueSupport.probe();

    assertThat(support.htb()).isEqualTo(Availability.YES);
    assertThat(support.fq()).isNotEqualTo(Availability.UNKNOWN);
    assertThat(support.tap()).isNotEqualTo(Availability.UNKNOWN);
  }
}
