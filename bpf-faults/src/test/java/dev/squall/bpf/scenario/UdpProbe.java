// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import java.time.Duration;

/// Datagrams, which are lost, or late by more than half of what they would be delayed.
final class UdpProbe implements Probe {
  private static final int MOST = 100_000;
  private static final int PER_SECOND = 1000;
  private static final int RECENT = 5;
  private static final Duration QUIET = Duration.ofMillis(80);

  private final UdpStream stream;
  private final Duration late;
  private final Thread thread;
  private volatile boolean stopping;

  UdpProbe(UdpStream stream, Duration late) {
    this.stream = stream;
    this.late = late;
    thread = Thread.ofPlatform().daemon().start(this::keepSending);
  }

  static UdpStream stream(TestNetwork network, boolean out, Family family, int port) {
    return out
        ? UdpStream.toPeer(network, family, port, MOST)
        : UdpStream.toTarget(network, family, port, MOST);
  }

  private void keepSending() {
    stream.sender().pace(MOST, PER_SECOND, () -> stopping);
  }

  @Override
  public boolean isNormalNow() {
    int number = (int) stream.sender().sent() - RECENT;
    return number >= 0 && !isAffected(number);
  }

  @Override
  public void stop() {
    stopping = true;
    Pause.untilEnd(thread);
    stream.receiver().await(stream.sender().sent(), QUIET);
  }

  private boolean isAffected(int number) {
    UdpReceiver receiver = stream.receiver();
    return !receiver.has(number) || receiver.delay(number) > late.toNanos();
  }

  @Override
  public long affected() {
    long affected = 0;
    for (int i = 0; i < stream.sender().sent(); i++) {
      affected += isAffected(i) ? 1 : 0;
    }
    return affected;
  }

  @Override
  public long normalSince() {
    int last = (int) stream.sender().sent() - 1;
    if (isAffected(last)) {
      return NEVER;
    }
    int number = last;
    while (number >= 0 && !isAffected(number)) {
      number--;
    }
    return number < 0 ? 0 : stream.receiver().sentAt(number + 1);
  }

  @Override
  public void close() {
    stopping = true;
    Pause.untilEnd(thread);
    stream.close();
  }
}
