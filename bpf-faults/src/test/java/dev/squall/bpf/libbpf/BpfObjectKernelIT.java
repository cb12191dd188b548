// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.libbpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.squall.bpf.linux.Errno;
import dev.squall.bpf.linux.Privilege;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BpfObjectKernelIT {
  private static final byte[] PACKET = new byte[64];

  @BeforeAll
  static void needsTheKernel() {
    Privilege.require();
  }

  @Test
  void aProgramRunsOnAPacketAndCountsIntoMappedMemory() {
    try (BpfObject object = TestObjects.loaded("loader_test")) {
      BpfMap counters = object.map("test_counters");
      MemorySegment entries = counters.mmap();

      TestRun run = object.program("test_count").testRun(PACKET, TestContext.EMPTY, 1000);

      assertThat(run.verdict()).isEqualTo(-1);
      assertThat(run.perRun()).isBetween(Duration.ofNanos(1), Duration.ofNanos(5_000));
      assertThat(counters.stride()).as("12 bytes rounded up").isEqualTo(16);
      assertThat(entries.byteSize()).isEqualTo(4 * 16);
      assertThat(entries.get(JAVA_INT, counters.stride())).isEqualTo(1000);
      assertThat(entries.get(JAVA_INT, counters.stride() + 4)).isEqualTo(PACKET.length);
    }
  }

  @Test
  void theContextGoesInAndComesOut() {
    TestContext given =
        TestContext.EMPTY
            .withMark(0x51)
            .withPriority(7)
            .withTstamp(5_000)
            .withIfindex(1)
            .withSegmentation(3, 20, 200);
    try (BpfObject object = TestObjects.loaded("loader_test")) {
      TestRun run = object.program("test_echo").testRun(PACKET, given, 1);

      assertThat(run.verdict()).as("the program answers with gso_segs").isEqualTo(3);
      assertThat(run.context()).isEqualTo(given.withMark(0x52).withPriority(8).withTstamp(6_000));
      assertThat(run.packet()).isEqualTo(PACKET);
    }
  }

  @Test
  void aRefusedProgramGivesTheVerifiersReason() {
    try (BpfObject object = BpfObject.open(TestObjects.elf("loader_test"), "loader_test")) {
      assertThatExceptionOfType(BpfException.class)
          .isThrownBy(object::load)
          .satisfies(
              e -> {
                assertThat(e.errno()).isEqualTo(Errno.EACCES);
                assertThat(e.getMessage()).contains("outside of the").doesNotContain("\n");
                assertThat(e.log().text()).contains("invalid access to packet", "processed");
              });
    }
  }

  @Test
  void bytesThatAreNoObjectAreRefusedWithTheLibrarysWords() {
    assertThatExceptionOfType(BpfException.class)
        .isThrownBy(() -> BpfObject.open(new byte[100], "rubbish"))
        .withMessageContaining("not a proper ELF object");
  }

  @Test
  void theSizeOfAMapIsChosenBeforeLoading() {
    try (BpfObject object = BpfObject.open(TestObjects.elf("loader_test"), "loader_test")) {
      object.program("test_refused").setAutoload(false);
      object.map("test_hash").setMaxEntries(77);
      object.load();

      assertThat(object.map("test_hash").info().shape().maxEntries()).isEqualTo(77);
    }
  }

  @Test
  void aNameThatIsNotThereIsNamed() {
    try (BpfObject object = BpfObject.open(TestObjects.elf("loader_test"), "loader_test")) {
      assertThatThrownBy(() -> object.map("test_nothing"))
          .hasMessage("loader_test has nothing named test_nothing");
    }
  }

  @Test
  void memoryOfAClosedObjectIsRefusedAndDoesNotCrash() {
    BpfObject object = TestObjects.loaded("loader_test");
    MemorySegment entries = object.map("test_counters").mmap();
    object.close();

    assertThatThrownBy(() -> entries.get(JAVA_INT, 0)).isInstanceOf(IllegalStateException.class);
  }
}
