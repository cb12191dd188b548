// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import dev.squall.fault.Corrupt;
import dev.squall.fault.CorruptMode;
import dev.squall.fault.DnsFailure;
import dev.squall.fault.Duplicate;
import dev.squall.fault.Fault;
import dev.squall.fault.GilbertElliottLoss;
import dev.squall.fault.Injection;
import dev.squall.fault.Loss;
import dev.squall.fault.PeriodicLoss;
import dev.squall.fault.Rate;
import dev.squall.fault.Reorder;
import dev.squall.fault.Reset;
import dev.squall.fault.ResetEnd;
import dev.squall.target.Direction;
import dev.squall.target.Selection;
import dev.squall.target.TrafficFilter;
import dev.squall.unit.BitRate;
import dev.squall.unit.DurationText;
import dev.squall.unit.Percentage;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// `bench/fidelity`: what each fault did to real traffic beside what was asked of it, as witnesses
/// tell that know nothing of Squall: sockets, clocks, and the counters of the network stack.
final class Fidelity implements AutoCloseable {
  private static final int PORT = 7000;
  private static final int DATAGRAMS = 400_000;
  private static final Duration QUIET = Duration.ofMillis(300);
  private static final double Z = 4;
  private static final long SEED = 42;

  private final TestNetwork network = new TestNetwork();

  /// Prints the table.
  public static void main(String[] arguments) {
    System.out.println("| Fault | Asked | Realised | Interval | n | netem |");
    System.out.println("|---|---|---|---|---|---|");
    try (Fidelity fidelity = new Fidelity()) {
      fidelity.rows();
    }
  }

  private void rows() {
    share("loss", new Loss(Percentage.parse("5%")), 0.05, this::missing, "the same");
    share("loss", new Loss(Percentage.parse("0.1%")), 0.001, this::missing, "the same");
    every();
    bursts();
    row(
        "(loss with correlation)",
        "10 %, 50 %",
        "–",
        "–",
        "–",
        Figures.format("%.2f %% (its formula, 10,000,000 packets)", 100 * correlated(0.1, 0.5)));
    share("duplicate", new Duplicate(Percentage.parse("10%")), 0.1, this::twice, "the same");
    corrupt();
    reorder();
    new DelayFidelity(network, SEED).rows();
    rate("1mbit");
    rate("100mbit");
    reset();
    names();
  }

  static void row(String... cells) {
    System.out.println("| " + String.join(" | ", cells) + " |");
  }

  private static void add(String fault, double asked, double realised, int n, String netem) {
    double error = Z * Math.sqrt(asked * (1 - asked) / n);
    row(
        fault,
        Figures.format("%s %%", Figures.format("%.1f", 100 * asked)),
        Figures.format("%.3f %%", 100 * realised),
        Figures.format("%.3f to %.3f %%", 100 * (asked - error), 100 * (asked + error)),
        Figures.format("%,d", n),
        netem);
  }

  private void share(
      String name, Fault fault, double asked, ToDoubleFunction<UdpStream> witness, String netem) {
    try (UdpStream stream = UdpStream.toPeer(network, Family.IPV4, PORT, DATAGRAMS);
        Injection _ = arm(fault, Scenario.udp(Direction.EGRESS))) {
      stream.sender().paceBursts(DATAGRAMS, 200_000, 50);
      stream.receiver().await(DATAGRAMS, QUIET);
      add(name, asked, witness.applyAsDouble(stream) / DATAGRAMS, DATAGRAMS, netem);
    }
  }

  private Injection arm(Fault fault, TrafficFilter traffic) {
    return Scenario.of(network, traffic, SEED, fault).arm();
  }

  private double missing(UdpStream stream) {
    return DATAGRAMS - (double) stream.receiver().received();
  }

  private double twice(UdpStream stream) {
    return stream.receiver().twice();
  }

  private boolean[] lost(Fault fault) {
    try (UdpStream stream = UdpStream.toPeer(network, Family.IPV4, PORT, DATAGRAMS);
        Injection _ = arm(fault, Scenario.udp(Direction.EGRESS))) {
      stream.sender().paceBursts(DATAGRAMS, 200_000, 50);
      return stream.receiver().await(DATAGRAMS, QUIET).lost(DATAGRAMS);
    }
  }

  private void every() {
    boolean[] lost = lost(new PeriodicLoss(100));
    long right = IntStream.range(0, DATAGRAMS).filter(i -> lost[i] == (i % 100 == 99)).count();
    row(
        "loss-every",
        "packets 100, 200, …",
        Figures.format("%,d of %,d as asked", right, DATAGRAMS),
        "all",
        Figures.format("%,d", DATAGRAMS),
        "has none");
  }

  private void bursts() {
    double p = 0.05;
    double r = 0.5;
    boolean[] lost = lost(GilbertElliottLoss.parse("5%,50%"));
    long missing = IntStream.range(0, DATAGRAMS).filter(i -> lost[i]).count();
    long bursts = IntStream.range(1, DATAGRAMS).filter(i -> lost[i] && !lost[i - 1]).count();
    double share = p / (p + r);
    double lambda = 1 - p - r;
    double error = Z * Math.sqrt(share * (1 - share) * (1 + lambda) / ((1 - lambda) * DATAGRAMS));
    double lengthError = Z * Math.sqrt(1 - r) / r / Math.sqrt((double) bursts);
    row(
        "loss-gemodel, share",
        Figures.format("%.3f %%", 100 * share),
        Figures.format("%.3f %%", 100.0 * missing / DATAGRAMS),
        Figures.format("%.3f to %.3f %%", 100 * (share - error), 100 * (share + error)),
        Figures.format("%,d", DATAGRAMS),
        "the same");
    row(
        "loss-gemodel, burst",
        "2 packets",
        Figures.format("%.3f", (double) missing / bursts),
        Figures.format("%.3f to %.3f", 1 / r - lengthError, 1 / r + lengthError),
        Figures.format("%,d", bursts),
        "the same");
  }

  /// What is lost by get_crandom and netem_enqueue of net/sched/sch_netem.c, which take for equally
  /// likely what the correlation has drawn to the middle.
  private static double correlated(double loss, double correlation) {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    int n = 10_000_000;
    double last = random.nextDouble();
    int lost = 0;
    for (int i = 0; i < n; i++) {
      last = random.nextDouble() * (1 - correlation) + last * correlation;
      lost += last <= loss ? 1 : 0;
    }
    return (double) lost / n;
  }

  private void corrupt() {
    int n = 100_000;
    long before = TestNetwork.counter(network.peer(), "Udp", "InCsumErrors");
    try (UdpStream stream = UdpStream.toPeer(network, Family.IPV4, PORT, n);
        Injection _ =
            arm(
                new Corrupt(Percentage.parse("1%"), CorruptMode.DETECTABLE),
                Scenario.udp(Direction.EGRESS))) {
      stream.sender().paceBursts(n, 50_000, 50);
      stream.receiver().await(n, QUIET);
    }
    long wrong = TestNetwork.counter(network.peer(), "Udp", "InCsumErrors") - before;
    add("corrupt, detectable", 0.01, (double) wrong / n, n, "unnoticed with checksum offload");
  }

  private void reorder() {
    int n = 8_000;
    try (UdpStream stream = UdpStream.toPeer(network, Family.IPV4, PORT, n);
        Injection _ =
            arm(new Reorder(Percentage.parse("25%"), 1), Scenario.udp(Direction.EGRESS))) {
      stream.sender().paceBursts(n, 2000, 4);
      stream.receiver().await(n, QUIET);
      add(
          "reorder",
          0.25,
          (double) stream.receiver().overtaken() / n,
          n,
          "sends the share at once, and delays the rest");
    }
  }

  private void rate(String bits) {
    Rate rate = new Rate(BitRate.parse(bits), null, DurationText.parse("200ms"));
    int seconds = 4;
    long bytes = rate.rate().bitsPerSecond() / 8 * seconds;
    try (TcpFlow flow = TcpFlow.toPeer(network, Family.IPV4, PORT);
        Injection _ = arm(rate, Scenario.peerPort(Direction.EGRESS, PORT))) {
      double goodput = bytes * 8e9 / flow.deliver(bytes).toNanos();
      double due = rate.rate().bitsPerSecond() * 1448.0 / 1514;
      row(
          "rate, TCP",
          Figures.format("%.2f Mbit/s of %s", due / 1e6, bits),
          Figures.format("%.2f Mbit/s", goodput / 1e6),
          Figures.format("%.2f to %.2f", 0.98 * due / 1e6, 1.02 * due / 1e6),
          seconds + " s",
          "the same");
    }
  }

  private void reset() {
    int n = 1_000;
    TrafficFilter all = Scenario.peerPort(Direction.BOTH, PORT);
    TrafficFilter perFlow =
        new TrafficFilter(
            all.direction(), null, all.ports(), all.peers(), all.flows(), Selection.FLOW);
    try (TcpFlows flows = new TcpFlows(network, Family.IPV4, PORT, n);
        Injection _ = arm(new Reset(Percentage.parse("30%"), ResetEnd.BOTH), perFlow)) {
      flows.send(TcpFlow::client);
      flows.all().forEach(flow -> flow.client().patience(Duration.ofMillis(5)));
      long reset =
          flows.all().stream()
              .filter(flow -> flow.client().receive() == -NativeSocket.ECONNRESET)
              .count();
      add("reset, per flow", 0.3, (double) reset / n, n, "has none");
    }
  }

  private void names() {
    DnsFailure failure = new DnsFailure(DnsFailure.Outcome.NXDOMAIN, List.of());
    int n = 50;
    try (NameServer _ = new NameServer(network.peer(), network.peerAddress(Family.IPV4));
        Resolver resolver = new Resolver(network.target(), network.peerAddress(Family.IPV4));
        Injection _ = arm(failure, Scenario.everything(Direction.BOTH))) {
      long failed =
          IntStream.range(0, n)
              .filter(i -> resolver.resolve("n" + i + ".example").code() == Resolver.EAI_NONAME)
              .count();
      row("dns-fail nxdomain", "all", failed + " EAI_NONAME", "all", "" + n, "has none");
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
