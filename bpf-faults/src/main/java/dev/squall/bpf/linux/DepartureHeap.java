// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

/// A binary heap of frames by departure time, those of one time in the order in which they came. It
/// has a fixed size and allocates nothing after it is made.
final class DepartureHeap {
  private final long[] times;
  private final long[] sequences;
  private final int[] slots;
  private int size;
  private long sequence;

  DepartureHeap(int capacity) {
    times = new long[capacity];
    sequences = new long[capacity];
    slots = new int[capacity];
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /// When the first is to leave. There must be one.
  long firstTime() {
    return times[0];
  }

  void add(long time, int slot) {
    int at = size++;
    long number = sequence++;
    while (at > 0 && isBefore(time, number, (at - 1) / 2)) {
      move((at - 1) / 2, at);
      at = (at - 1) / 2;
    }
    put(at, time, number, slot);
  }

  /// Takes the first out and returns its slot. There must be one.
  int removeFirst() {
    int first = slots[0];
    size--;
    long time = times[size];
    long number = sequences[size];
    int at = 0;
    for (int child = earlierChild(0); child >= 0; child = earlierChild(at)) {
      if (isBefore(time, number, child)) {
        break;
      }
      move(child, at);
      at = child;
    }
    put(at, time, number, slots[size]);
    return first;
  }

  private int earlierChild(int parent) {
    int left = 2 * parent + 1;
    if (left >= size) {
      return -1;
    }
    int right = left + 1;
    return right < size && isBefore(times[right], sequences[right], left) ? right : left;
  }

  private boolean isBefore(long time, long number, int other) {
    return time < times[other] || (time == times[other] && number < sequences[other]);
  }

  private void move(int from, int to) {
    put(to, times[from], sequences[from], slots[from]);
  }

  private void put(int at, long time, long number, int slot) {
    times[at] = time;
    sequences[at] = number;
    slots[at] = slot;
  }
}
