// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import dev.squall.bpf.linux.NativeFunction;
import dev.squall.bpf.linux.NetworkNamespace;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;

/// Receives datagrams of a [UdpSender] on a thread of its own, with so much room that none is lost
/// at the socket, and remembers of each when it was sent and when the kernel received it.
final class UdpReceiver implements AutoCloseable {
  private static final int BATCH = 256;
  private static final int ROOM = 1 << 30;
  private static final int MSG_WAITFORONE = 0x10000;
  private static final Duration STEP = Duration.ofMillis(2);
  private static final long MISSING = Long.MIN_VALUE;
  private static final NativeFunction RECVMMSG = NativeSocket.libc("recvmmsg");

  private final NativeSocket socket;
  private final Datagrams datagrams = new Datagrams(BATCH, true);
  private final long[] sentNanos;
  private final long[] delayNanos;
  private final Thread thread;
  private volatile long received;
  private volatile long twice;
  private volatile long overtaken;
  private volatile boolean closing;
  private long latest = -1;

  /// @param most how many numbers there will be
  UdpReceiver(NetworkNamespace host, Family family, InetSocketAddress place, int most) {
    sentNanos = new long[most];
    delayNanos = new long[most];
    Arrays.fill(delayNanos, MISSING);
    socket = NativeSocket.datagram(host, family).withRoom(ROOM).bind(place);
    socket.option(NativeSocket.SOL_SOCKET, NativeSocket.SO_TIMESTAMPNS, 1);
    socket.patience(Duration.ofMillis(50));
    thread = Thread.ofPlatform().name("udp-receiver").daemon().start(this::keepReceiving);
  }

  private void keepReceiving() {
    while (!closing) {
      datagrams.makeRoomForStamps();
      long count = RECVMMSG.call(socket.fd(), datagrams.address(0), BATCH, MSG_WAITFORONE, 0, 0);
      for (int i = 0; i < (int) count; i++) {
        remember(i);
      }
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  private void remember(int index) {
    int number = (int) datagrams.number(index);
    if (delayNanos[number] != MISSING) {
      twice++;
      return;
    }
    sentNanos[number] = datagrams.sentNanos(index);
    delayNanos[number] = datagrams.receivedNanos(index) - datagrams.sentNanos(index);
    if (number < latest) {
      overtaken++;
    }
    latest = Math.max(latest, number);
    received++;
  }

  /// Waits until that many are here, or none has come for a while.
  UdpReceiver await(long expected, Duration quiet) {
    long before = -1;
    long since = System.nanoTime();
    while (received < expected && System.nanoTime() - since < quiet.toNanos()) {
      if (received != before) {
        before = received;
        since = System.nanoTime();
      }
      Pause.of(STEP);
    }
    return this;
  }

  /// Different numbers that came.
  long received() {
    return received;
  }

  /// Datagrams whose number had come before.
  long twice() {
    return twice;
  }

  /// Datagrams that came after one with a higher number.
  long overtaken() {
    return overtaken;
  }

  boolean has(int number) {
    return delayNanos[number] != MISSING;
  }

  /// For each of the first numbers whether it did not come.
  boolean[] lost(int count) {
    boolean[] lost = new boolean[count];
    for (int i = 0; i < count; i++) {
      lost[i] = !has(i);
    }
    return lost;
  }

  /// Of those that came, ascending.
  long[] delays() {
    return Arrays.stream(delayNanos).filter(delay -> delay != MISSING).sorted().toArray();
  }

  long delay(int number) {
    return delayNanos[number];
  }

  long sentAt(int number) {
    return sentNanos[number];
  }

  @Override
  public void close() {
    closing = true;
    Pause.untilEnd(thread);
    socket.close();
  }
}
