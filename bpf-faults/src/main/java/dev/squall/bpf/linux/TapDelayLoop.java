// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// The delay line of last resort: reads frames from a [TapDevice], holds each until its time and
/// writes it back unchanged. It allocates nothing per frame, so that it gives the garbage collector
/// no reason to stop it.
///
/// While it runs it writes the time, nanoseconds of CLOCK_MONOTONIC, into a heartbeat at least
/// every [#HEARTBEAT_NANOS], so that a BPF program can stop sending it frames when it no longer
/// runs.
public final class TapDelayLoop implements Runnable, AutoCloseable {
  /// The longest that two heartbeats are apart, unless this process does not get to run.
  public static final long HEARTBEAT_NANOS = 10_000_000;

  private static final int PR_SET_TIMERSLACK = 29;
  private static final int POLLIN = 1;
  private static final int POLL_BYTES = 8;
  private static final int READS_BEFORE_RELEASE = 64;
  private static final VarHandle TIME = JAVA_LONG.varHandle();

  private final Arena arena = Arena.ofShared();
  private final TapDevice device;
  private final DepartureTable departures;
  private final MemorySegment heartbeat;
  private final FrameStore store;
  private final DepartureHeap waiting;
  private final MemorySegment frame = NativeFile.reserve(FrameStore.LARGE_BYTES, arena);
  private final MemorySegment poll = arena.allocate(POLL_BYTES, 8);
  private final MemorySegment timeout = arena.allocate(16, 8);
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicLong delivered = new AtomicLong();
  private final AtomicLong overflow = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private volatile boolean stopped;

  /// @param heartbeat 8 bytes, aligned, shared with the BPF program
  /// @param capacity how many frames can wait
  public TapDelayLoop(
      TapDevice device, DepartureTable departures, MemorySegment heartbeat, Capacity capacity) {
    this.device = device;
    this.departures = departures;
    this.heartbeat = heartbeat;
    store = new FrameStore(capacity.smallFrames(), capacity.largeFrames(), arena);
    waiting = new DepartureHeap(capacity.smallFrames() + capacity.largeFrames());
  }

  /// How many frames can wait at a time.
  ///
  /// @param smallFrames of up to 2 kB with headers
  /// @param largeFrames of up to 64 kB
  public record Capacity(int smallFrames, int largeFrames) {}

  /// What happened to frames so far.
  ///
  /// @param delivered written back at their time, or when the loop was stopped
  /// @param overflow written back at once, as there was no room
  /// @param lost refused by the device, or not sent here by our program
  public record Counts(long delivered, long overflow, long lost) {}

  public Counts counts() {
    return new Counts(delivered.get(), overflow.get(), lost.get());
  }

  /// How many frames wait now.
  public int held() {
    return held.get();
  }

  /// Runs until [#stop], then delivers at once what still waits. The thread must be a platform
  /// thread of its own: its timers are made as exact as the kernel can.
  @Override
  public void run() {
    Libc.PRCTL.call(PR_SET_TIMERSLACK, 1);
    poll.set(JAVA_INT, 0, device.fd());
    poll.set(JAVA_SHORT, 4, (short) POLLIN);
    while (!stopped) {
      beat(KernelClock.monotonicNanos());
      releaseUntil(KernelClock.monotonicNanos());
      if (readSome()) {
        await();
      }
    }
    releaseUntil(Long.MAX_VALUE);
  }

  /// Ends [#run] within 10 ms. May be called from any thread.
  public void stop() {
    stopped = true;
  }

  private void beat(long now) {
    TIME.setVolatile(heartbeat, 0L, now);
  }

  private void releaseUntil(long time) {
    while (!waiting.isEmpty() && waiting.firstTime() <= time) {
      int slot = waiting.removeFirst();
      write(store.address(slot), store.length(slot), delivered);
      store.release(slot);
    }
    held.lazySet(waiting.size());
  }

  private void write(long address, int length, AtomicLong counter) {
    long written = Libc.WRITE.call(device.fd(), address, length);
    (written == length ? counter : lost).incrementAndGet();
  }

  /// Returns whether there is nothing more to read now.
  private boolean readSome() {
    for (int reads = 0; reads < READS_BEFORE_RELEASE; reads++) {
      long length = Libc.READ.call(device.fd(), frame.address(), frame.byteSize());
      if (length <= 0) {
        return true;
      }
      hold((int) length);
    }
    return false;
  }

  private void hold(int length) {
    long departure = departures.departure(frame);
    if (departure == DepartureTable.STRAY) {
      lost.incrementAndGet();
      return;
    }
    int slot = store.add(frame, length);
    if (slot < 0) {
      write(frame.address(), length, overflow);
      return;
    }
    waiting.add(departure, slot);
    held.lazySet(waiting.size());
  }

  /// Sleeps until the next frame comes or leaves, or the next heartbeat is due.
  private void await() {
    long sleep = HEARTBEAT_NANOS / 2;
    if (!waiting.isEmpty()) {
      sleep = Math.min(sleep, waiting.firstTime() - KernelClock.monotonicNanos());
    }
    if (sleep > 0) {
      timeout.set(JAVA_LONG, 8, sleep);
      Libc.PPOLL.call(poll.address(), 1, timeout.address(), 0);
    }
  }

  /// Frees the memory. The loop must have ended.
  @Override
  public void close() {
    arena.close();
  }
}
