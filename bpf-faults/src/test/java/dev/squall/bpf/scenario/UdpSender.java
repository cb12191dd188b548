// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import dev.squall.bpf.linux.NativeFunction;
import dev.squall.bpf.linux.NetworkNamespace;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Sends datagrams that carry their number and the time they were sent.
final class UdpSender implements AutoCloseable {
  private static final int BATCH = 64;
  private static final int ROOM = 1 << 24;
  private static final NativeFunction SENDMMSG = NativeSocket.libc("sendmmsg");

  private final NativeSocket socket;
  private final Datagrams datagrams = new Datagrams(BATCH, false);
  private final Clock clock = new Clock();
  private volatile long next;

  UdpSender(NetworkNamespace host, Family family, InetSocketAddress destination) {
    socket = NativeSocket.datagram(host, family).withRoom(ROOM);
    int refused = socket.connect(destination);
    if (refused != 0) {
      throw new AssertionError("connect: errno " + -refused);
    }
  }

  /// As fast as they go.
  void blast(long count) {
    long end = next + count;
    while (next < end) {
      send((int) Math.min(BATCH, end - next));
    }
  }

  /// At an even rate, by a timer that sleeps.
  ///
  /// @return by how many nanoseconds the timer was late at each
  long[] pace(int count, int perSecond) {
    return pace(count, perSecond, () -> false);
  }

  /// The same until something has come about.
  long[] pace(int count, int perSecond, BooleanSupplier end) {
    long period = 1_000_000_000L / perSecond;
    long[] lateness = new long[count];
    long due = System.nanoTime();
    int done = 0;
    while (done < count && !end.getAsBoolean()) {
      due += period;
      lateness[done++] = sleepUntil(due);
      send(1);
    }
    return Arrays.copyOf(lateness, done);
  }

  /// @return how late it is
  private static long sleepUntil(long due) {
    long now = System.nanoTime();
    while (now < due) {
      LockSupport.parkNanos(due - now);
      now = System.nanoTime();
    }
    return now - due;
  }

  /// In bursts, evenly spread: more per second than a sleeping timer can do one by one.
  void paceBursts(long count, int perSecond, int burst) {
    paceBursts(count, perSecond, burst, () -> false);
  }

  /// The same until something has come about.
  void paceBursts(long count, int perSecond, int burst, BooleanSupplier over) {
    long period = 1_000_000_000L * burst / perSecond;
    long end = next + count;
    long due = System.nanoTime();
    while (next < end && !over.getAsBoolean()) {
      due += period;
      sleepUntil(due);
      send((int) Math.min(Math.min(burst, BATCH), end - next));
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  private void send(int count) {
    for (int i = 0; i < count; i++) {
      datagrams.write(i, next + i, clock.nanos());
    }
    int done = 0;
    while (done < count) {
      done +=
          requireSent((int) SENDMMSG.call(socket.fd(), datagrams.address(done), count - done, 0));
    }
    next += count;
  }

  /// An error that an earlier datagram caused is told once, to the call that comes next, which then
  /// sends nothing.
  private static int requireSent(int result) {
    if (result < 0 && NativeFunction.errno() != NativeSocket.ECONNREFUSED) {
      throw new AssertionError("sendmmsg: errno " + NativeFunction.errno());
    }
    return Math.max(0, result);
  }

  /// How many were sent, which is also the number of the next.
  long sent() {
    return next;
  }

  @Override
  public void close() {
    socket.close();
  }
}
