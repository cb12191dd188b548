// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.ThreadMXBean;
import dev.squall.bpf.attach.AttachPoint;
import dev.squall.bpf.attach.Attachments;
import dev.squall.bpf.libbpf.BpfMap;
import dev.squall.bpf.libbpf.BpfObject;
import dev.squall.bpf.libbpf.Hook;
import dev.squall.bpf.libbpf.TestObjects;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// UDP packets from one namespace to another, sent round through a TAP device.
class TapDelayLoopKernelIT {
  private static final long DELAY_NANOS = 20_000_000;
  private static final long OFFSET_OF_TIME = 16;
  private static final long OFFSET_OF_HEARTBEAT = 8;
  private static final long OFFSET_OF_TAP = 16;
  private static final long OFFSET_OF_TARGET = 20;

  private final BpfObject object = TestObjects.loaded("tap_test");
  private final MemorySegment settings = object.map("test_settings").mmap();
  private final Attachments attachments = new Attachments();
  private NetworkNamespace near;
  private NetworkNamespace far;
  private TapDevice device;
  private TapDelayLoop loop;
  private Thread thread;

  @BeforeAll
  static void needsTheKernel() {
    Privilege.require();
  }

  @BeforeEach
  void sendPacketsThroughTheLoop() {
    near = NetworkNamespace.anonymous();
    far = NetworkNamespace.anonymous();
    near.run(() -> Links.createVethPair("t0", "t1", far, 1500));
    address(near, "t0", "10.213.0.1/24");
    address(far, "t1", "10.213.0.2/24");
    device = near.call(() -> TapDevice.create("tap0"));
    near.run(this::attach);
    settings.set(JAVA_LONG, 0, DELAY_NANOS);
    start(new TapDelayLoop.Capacity(4096, 64));
  }

  private static void address(NetworkNamespace namespace, String name, String address) {
    Shell.in(namespace, "ip addr add " + address + " dev " + name);
    Shell.in(namespace, "ip link set " + name + " up");
  }

  private void attach() {
    int tap = Objects.requireNonNull(Links.byName("tap0")).index();
    int target = Objects.requireNonNull(Links.byName("t0")).index();
    Links.setQueueLength(tap, 10_000);
    Links.upWithoutAddresses(tap);
    settings.set(JAVA_INT, OFFSET_OF_TAP, tap);
    settings.set(JAVA_INT, OFFSET_OF_TARGET, target);
    AttachPoint attachPoint = AttachPoint.probe();
    attachments.add(attachPoint.attach(object.program("test_from_tap"), tap, Hook.INGRESS));
    attachments.add(attachPoint.attach(object.program("test_to_tap"), target, Hook.EGRESS));
  }

  private void start(TapDelayLoop.Capacity capacity) {
    BpfMap departures = object.map("test_departures");
    DepartureTable table =
        new DepartureTable(departures.mmap(), departures.stride(), OFFSET_OF_TIME, (short) 0x5153);
    loop = new TapDelayLoop(device, table, settings.asSlice(OFFSET_OF_HEARTBEAT, 8), capacity);
    thread = Thread.ofPlatform().start(loop);
  }

  private void stop() throws InterruptedException {
    loop.stop();
    thread.join();
  }

  @AfterEach
  void removeEverything() throws InterruptedException {
    stop();
    loop.close();
    attachments.close();
    device.close();
    object.close();
    near.close();
    far.close();
  }

  private static DatagramSocket socket(NetworkNamespace namespace, String address)
      throws IOException {
    DatagramSocket socket =
        namespace.call(() -> new DatagramSocket(new InetSocketAddress(address, 7)));
    socket.setSoTimeout(2000);
    socket.setReceiveBufferSize(1 << 20);
    return socket;
  }

  private static void send(DatagramSocket sender, int number) throws IOException {
    byte[] bytes = ByteBuffer.allocate(100).putInt(number).array();
    InetAddress to = InetAddress.getByName("10.213.0.2");
    sender.send(new DatagramPacket(bytes, bytes.length, to, 7));
  }

  private static int receive(DatagramSocket receiver) throws IOException {
    byte[] bytes = new byte[200];
    receiver.receive(new DatagramPacket(bytes, bytes.length));
    return ByteBuffer.wrap(bytes).getInt();
  }

  @Test
  void everyPacketArrivesOnceInOrderAndLateByTheDelay() throws IOException {
    try (DatagramSocket sender = socket(near, "10.213.0.1");
        DatagramSocket receiver = socket(far, "10.213.0.2")) {
      for (int number = 0; number < 200; number++) {
        long sent = System.nanoTime();
        send(sender, number);
        assertThat(receive(receiver)).isEqualTo(number);
        assertThat(System.nanoTime() - sent).isGreaterThanOrEqualTo(DELAY_NANOS);
      }
    }
    assertThat(loop.counts()).isEqualTo(new TapDelayLoop.Counts(200, 0, 0));
  }

  @Test
  void whatWaitsIsDeliveredWhenTheLoopStops() throws IOException, InterruptedException {
    settings.set(JAVA_LONG, 0, 60_000_000_000L);
    try (DatagramSocket sender = socket(near, "10.213.0.1");
        DatagramSocket receiver = socket(far, "10.213.0.2")) {
      for (int number = 0; number < 50; number++) {
        send(sender, number);
      }
      await().until(() -> loop.held() == 50);
      stop();
      for (int number = 0; number < 50; number++) {
        assertThat(receive(receiver)).isEqualTo(number);
      }
    }
  }

  @Test
  void packetsBeyondTheRoomPassAtOnceAndAreCounted() throws IOException, InterruptedException {
    stop();
    loop.close();
    start(new TapDelayLoop.Capacity(10, 0));
    settings.set(JAVA_LONG, 0, 60_000_000_000L);
    try (DatagramSocket sender = socket(near, "10.213.0.1");
        DatagramSocket receiver = socket(far, "10.213.0.2")) {
      for (int number = 0; number < 15; number++) {
        send(sender, number);
      }
      for (int number = 10; number < 15; number++) {
        assertThat(receive(receiver)).isEqualTo(number);
      }
      assertThat(loop.held()).isEqualTo(10);
      assertThat(loop.counts().overflow()).isEqualTo(5);
    }
  }

  @Test
  void theHeartbeatNeverGrowsOld() throws InterruptedException {
    await().until(() -> settings.get(JAVA_LONG, OFFSET_OF_HEARTBEAT) != 0);
    for (int look = 0; look < 100; look++) {
      Thread.sleep(3);
      long age = KernelClock.monotonicNanos() - settings.get(JAVA_LONG, OFFSET_OF_HEARTBEAT);
      assertThat(Duration.ofNanos(age)).isLessThan(Duration.ofMillis(50));
    }
  }

  @Test
  void onceWarmTheLoopAllocatesNothing() throws IOException {
    assumeTrue(hasOptimizingCompiler(), "only C2 keeps short-lived objects off the heap");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (DatagramSocket sender = socket(near, "10.213.0.1")) {
      sendBurst(sender);
      long before = threads.getThreadAllocatedBytes(thread.threadId());
      sendBurst(sender);
      long after = threads.getThreadAllocatedBytes(thread.threadId());

      assertThat(after - before).as("bytes for 5,000 packets").isLessThan(5_000);
    }
  }

  private static boolean hasOptimizingCompiler() {
    return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .getVMOption("TieredStopAtLevel")
        .getValue()
        .equals("4");
  }

  private void sendBurst(DatagramSocket sender) throws IOException {
    long delivered = loop.counts().delivered();
    for (int number = 0; number < 5_000; number++) {
      send(sender, number);
      if (number % 500 == 0) {
        await().until(() -> loop.held() < 1000);
      }
    }
    await().until(() -> loop.counts().delivered() == delivered + 5_000);
  }
}
