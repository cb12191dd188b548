// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DepartureTableTest {
  private static final short MAGIC = 0x5153;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment entries = arena.allocate(4 * 24, 8);
  private final DepartureTable table = new DepartureTable(entries, 24, 16, MAGIC);
  private final MemorySegment frame = arena.allocate(64, 8);

  @AfterEach
  void freeTheMemory() {
    arena.close();
  }

  private void tag(short magic, int index) {
    frame.set(JAVA_SHORT, 10, magic);
    frame.set(JAVA_INT, 12, index);
  }

  @Test
  void theTimeIsThatOfTheEntryWhoseIndexTheFrameBears() {
    entries.set(JAVA_LONG, 3 * 24 + 16, 12_345);
    tag(MAGIC, 3);

    assertThat(table.departure(frame)).isEqualTo(12_345);
  }

  @Test
  void anIndexBeyondTheTableIsAStray() {
    tag(MAGIC, 4);
    assertThat(table.departure(frame)).isEqualTo(DepartureTable.STRAY);
    tag(MAGIC, -1);
    assertThat(table.departure(frame)).isEqualTo(DepartureTable.STRAY);
  }

  @Test
  void aFrameOfSomebodyElseIsAStray() {
    tag((short) 0x3333, 0);

    assertThat(table.departure(frame)).isEqualTo(DepartureTable.STRAY);
  }
}
