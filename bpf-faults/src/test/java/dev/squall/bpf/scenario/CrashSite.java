// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.KernelRunRegistry;
import dev.squall.fault.ActiveRun;
import dev.squall.fault.Leftover;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.awaitility.Awaitility;

/// A network whose target is hit by one fault in one direction, again and again, by a process that
/// is killed.
final class CrashSite implements AutoCloseable {
  private static final int PORT = 7009;
  private static final Duration LATE = Duration.ofMillis(25);
  private static final Duration AFTERWARDS = Duration.ofMillis(120);
  private static final ReentrantReadWriteLock QUIET = new ReentrantReadWriteLock(true);

  /// The kernel frees what nobody holds in its own time, later on a machine with other work.
  private static final Duration CLEANING = Duration.ofSeconds(20);

  private final TestNetwork network = new TestNetwork();
  private final KernelRunRegistry registry = new KernelRunRegistry();
  private final Clock clock = new Clock();
  private final String fault;
  private final boolean out;
  private final State before = state();
  private int number;

  /// @param out whether what leaves the target is hit, else what enters it
  CrashSite(String fault, boolean out) {
    this.fault = fault;
    this.out = out;
  }

  /// @param recoveryNanos from the kill to the first packet that was let alone
  /// @param looks how often the kernel was asked, from a tenth of a second on, until nothing was
  ///   left
  record Outcome(long recoveryNanos, int looks) {}

  /// What ip(8) and tc(8) say of the target.
  private record State(String links, String queues) {}

  private State state() {
    String target = network.targetName();
    return new State(
        Tool.run("ip", "-j", "-n", target, "link"), Tool.run("tc", "-j", "-n", target, "qdisc"));
  }

  /// Starts side by side, but kills one at a time, while nothing starts: what is measured is the
  /// kernel, not how busy the test is.
  ///
  /// @param afterMillis how long after arming
  Outcome kill(int afterMillis) {
    String id = "crash" + number++;
    try (InjectorProcess injector = startAlone(id);
        Probe probe = probe()) {
      Pause.of(Duration.ofMillis(afterMillis));
      KernelObjects held = KernelObjects.of(injector.pid());
      assertThat(held.stillThere()).as("what it holds is listed").isNotEmpty();
      long killed = killAlone(injector, probe);
      probe.stop();
      assertThat(probe.affected()).as("packets that " + fault + " has hit").isPositive();
      return new Outcome(Math.max(0, probe.normalSince() - killed), awaitNothingLeft(held, id));
    }
  }

  private InjectorProcess startAlone(String id) {
    QUIET.readLock().lock();
    try {
      return start(id).awaitArmed();
    } finally {
      QUIET.readLock().unlock();
    }
  }

  /// @return when, by CLOCK_REALTIME
  private long killAlone(InjectorProcess injector, Probe probe) {
    QUIET.writeLock().lock();
    try {
      long killed = clock.nanos();
      injector.signal(InjectorProcess.SIGKILL);
      Pause.of(AFTERWARDS);
      Awaitility.await().until(probe::isNormalNow);
      return killed;
    } finally {
      QUIET.writeLock().unlock();
    }
  }

  /// Kills it while it still prepares.
  ///
  /// @param afterMillis how long after its start
  void killEarly(int afterMillis) {
    String id = "early" + number++;
    try (InjectorProcess injector = start(id)) {
      Pause.of(Duration.ofMillis(afterMillis));
      KernelObjects held = KernelObjects.of(injector.pid());
      injector.signal(InjectorProcess.SIGKILL);
      injector.awaitDeath();
      awaitNothingLeft(held, id);
    }
  }

  /// @return how often it had to be looked
  private int awaitNothingLeft(KernelObjects held, String id) {
    AtomicInteger looks = new AtomicInteger();
    Awaitility.await()
        .atMost(CLEANING)
        .pollDelay(Duration.ZERO)
        .untilAsserted(
            () -> {
              looks.incrementAndGet();
              assertNothingLeft(held, id);
            });
    return looks.get();
  }

  InjectorProcess start(String id) {
    String direction = out ? "EGRESS" : "INGRESS";
    return new InjectorProcess(
        id, network.targetName(), direction, Integer.toString(PORT), "real", fault);
  }

  Probe probe() {
    if (!fault.startsWith("reset")) {
      return new UdpProbe(UdpProbe.stream(network, out, Family.IPV4, PORT), LATE);
    }
    return out
        ? new ConnectProbe(TcpListener.atPeer(network, Family.IPV6, PORT), network.target())
        : new ConnectProbe(TcpListener.atTarget(network, Family.IPV6, PORT), network.peer());
  }

  /// By the kernel's tools, and by Squall's own account.
  void assertNothingLeft(KernelObjects held, String id) {
    assertThat(held.stillThere()).isEmpty();
    assertThat(state()).isEqualTo(before);
    assertThat(registry.runs()).extracting(ActiveRun::id).doesNotContain(id);
    assertThat(registry.leftovers()).noneMatch(leftover -> isOurs(leftover, held));
  }

  /// Other tests on this host have leftovers of their own for a moment.
  private boolean isOurs(Leftover leftover, KernelObjects held) {
    return switch (leftover.kind()) {
      case "program" -> held.programs().contains(number(leftover.place()));
      case "map" -> held.maps().contains(number(leftover.place()));
      case "link" -> held.links().contains(number(leftover.name()));
      default -> leftover.place().contains(network.targetName());
    };
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring("id ".length()));
  }

  @Override
  public void close() {
    network.close();
  }
}
