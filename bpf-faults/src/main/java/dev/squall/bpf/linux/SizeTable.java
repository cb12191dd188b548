// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

/// How many bytes a queue is to think that a packet has: `tc qdisc add … stab`. The table is
/// computed as iproute2's tc_core.c `tc_calc_size_table` does, with no overhead and no ATM cells.
///
/// @param mtu bytes of the largest packet that has an entry of its own
/// @param entries how many entries the table has
/// @param minimum the least that any packet counts, `mpu`; all packets count this much when it is
///   above every entry
public record SizeTable(int mtu, int entries, int minimum) {
  private static final int LARGEST_ENTRY = 0xffff;

  /// log2 of the bytes that share an entry.
  int cellLog() {
    int log = 0;
    while (mtu >> log > entries - 1) {
      log++;
    }
    return log;
  }

  /// log2 of the unit of the entries, the least with which the largest fits.
  int sizeLog() {
    long largest = Math.max((long) entries << cellLog(), minimum);
    int log = 0;
    while (largest >> log > LARGEST_ENTRY) {
      log++;
    }
    return log;
  }

  /// What a packet of so many bytes counts.
  long counted(int bytes) {
    int cell = (bytes - 1) >> cellLog();
    return (long) entry(cell) << sizeLog();
  }

  private int entry(int cell) {
    return (int) (Math.max((cell + 1L) << cellLog(), minimum) >> sizeLog());
  }

  /// Adds `TCA_STAB` with `struct tc_sizespec` and the table.
  void writeTo(NetlinkRequest request) {
    final int stab = 8;
    final int base = 1;
    final int data = 2;
    final int cellAlign = -1;
    request.attribute(stab).attribute(base);
    request.int8(cellLog()).int8(sizeLog()).int16(cellAlign);
    request.int32(0).int32(0).int32(minimum).int32(mtu).int32(entries).end();
    request.attribute(data);
    for (int cell = 0; cell < entries; cell++) {
      request.int16(entry(cell));
    }
    request.end().end();
  }
}
