// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.libbpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.squall.bpf.linux.Privilege;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BpfMapKernelIT {
  private final Arena arena = Arena.ofConfined();
  private BpfObject object;
  private BpfMap hash;

  @BeforeAll
  static void needsTheKernel() {
    Privilege.require();
  }

  @BeforeEach
  void loadTheObject() {
    object = TestObjects.loaded("loader_test");
    hash = object.map("test_hash");
  }

  @AfterEach
  void closeEverything() {
    object.close();
    arena.close();
  }

  private MemorySegment key(int key) {
    return arena.allocateFrom(JAVA_INT, key);
  }

  @Test
  void whatIsStoredIsFoundUntilItIsRemoved() {
    MemorySegment found = arena.allocate(JAVA_LONG);
    hash.update(key(5), arena.allocateFrom(JAVA_LONG, 55));

    assertThat(hash.lookup(key(5), found)).isTrue();
    assertThat(found.get(JAVA_LONG, 0)).isEqualTo(55);
    assertThat(hash.delete(key(5))).isTrue();
    assertThat(hash.lookup(key(5), found)).isFalse();
    assertThat(hash.delete(key(5))).isFalse();
  }

  @Test
  void aBatchStoresEveryEntry() {
    int count = 1000;
    MemorySegment keys = arena.allocate(JAVA_INT, count);
    MemorySegment values = arena.allocate(JAVA_LONG, count);
    for (int i = 0; i < count; i++) {
      keys.setAtIndex(JAVA_INT, i, i);
      values.setAtIndex(JAVA_LONG, i, i * 10L);
    }

    hash.updateBatch(keys, values, count);

    MemorySegment found = arena.allocate(JAVA_LONG);
    for (int i = 0; i < count; i++) {
      assertThat(hash.lookup(key(i), found)).isTrue();
      assertThat(found.get(JAVA_LONG, 0)).isEqualTo(i * 10L);
    }
  }

  @Test
  void aBatchThatDoesNotFitIsRefused() {
    int count = 2000;
    MemorySegment keys = arena.allocate(JAVA_INT, count);
    for (int i = 0; i < count; i++) {
      keys.setAtIndex(JAVA_INT, i, i);
    }

    assertThatThrownBy(() -> hash.updateBatch(keys, arena.allocate(JAVA_LONG, count), count))
        .isInstanceOf(BpfException.class)
        .hasMessageContaining("storing 2000 entries into map test_hash");
  }

  @Test
  void aBufferThatIsTooSmallIsRefusedBeforeTheKernelWritesBeyondIt() {
    MemorySegment value = arena.allocate(JAVA_INT);

    assertThatThrownBy(() -> object.map("test_percpu").lookup(key(0), value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("map test_percpu wants 1 × ");
  }

  @Test
  void aMapOpenedByItsNumberSharesMemoryWithItsOwner() {
    BpfMap counters = object.map("test_counters");
    MemorySegment owner = counters.mmap();
    try (BpfMap again = Objects.requireNonNull(BpfIds.openMap(counters.info().id()))) {
      MemorySegment visitor = again.mmap();
      visitor.set(JAVA_INT, 0, 42);

      assertThat(again.name()).isEqualTo("test_counters");
      assertThat(owner.get(JAVA_INT, 0)).isEqualTo(42);
    }
  }

  @Test
  void aNumberThatNoMapHasOpensNothing() {
    assertThat(BpfIds.openMap(Integer.MAX_VALUE)).isNull();
  }

  @Test
  void aMapThatIsNotMadeForItIsNotMapped() {
    assertThatThrownBy(hash::mmap).hasMessage("map test_hash lacks BPF_F_MMAPABLE");
  }

  @Test
  void whatWasLoadedIsFoundByWalkingTheNumbers() {
    assertThat(BpfIds.programs())
        .filteredOn(program -> program.name().equals("test_count"))
        .anySatisfy(
            program -> {
              assertThat(program.type()).isEqualTo(3);
              assertThat(program.mapIds()).containsExactly(object.map("test_counters").info().id());
            });
    assertThat(BpfIds.maps()).contains(hash.info());
  }
}
