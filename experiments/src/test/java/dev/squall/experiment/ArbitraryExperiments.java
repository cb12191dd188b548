// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment;

import dev.squall.fault.Corrupt;
import dev.squall.fault.CorruptMode;
import dev.squall.fault.Delay;
import dev.squall.fault.DnsFailure;
import dev.squall.fault.Duplicate;
import dev.squall.fault.Fault;
import dev.squall.fault.FourStateLoss;
import dev.squall.fault.GilbertElliottLoss;
import dev.squall.fault.Jitter;
import dev.squall.fault.Loss;
import dev.squall.fault.MtuBlackhole;
import dev.squall.fault.Partition;
import dev.squall.fault.PartitionMode;
import dev.squall.fault.PeriodicLoss;
import dev.squall.fault.Ramp;
import dev.squall.fault.Rate;
import dev.squall.fault.Reorder;
import dev.squall.fault.Reset;
import dev.squall.fault.ResetEnd;
import dev.squall.target.Protocol;
import dev.squall.target.Target;
import dev.squall.target.TrafficFilter;
import dev.squall.unit.BitRate;
import dev.squall.unit.ByteSize;
import dev.squall.unit.Percentage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.BiFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/// Any experiments at all, for property tests.
public final class ArbitraryExperiments {

  private static final Arbitrary<Boolean> BOOLEANS = Arbitraries.of(true, false);

  /// How to make any fault of each kind.
  public static final Map<Class<? extends Fault>, Arbitrary<? extends Fault>> FAULTS =
      Map.ofEntries(
          Map.entry(Loss.class, ramped(Loss::new)),
          Map.entry(GilbertElliottLoss.class, gilbertElliott()),
          Map.entry(FourStateLoss.class, fourState()),
          Map.entry(PeriodicLoss.class, counts(PeriodicLoss.LARGEST).map(PeriodicLoss::new)),
          Map.entry(
              MtuBlackhole.class,
              Arbitraries.integers()
                  .between(MtuBlackhole.SMALLEST, MtuBlackhole.LARGEST)
                  .map(MtuBlackhole::new)),
          Map.entry(Delay.class, delays()),
          Map.entry(
              Reorder.class,
              Combinators.combine(percentages(), counts(Reorder.LARGEST_GAP)).as(Reorder::new)),
          Map.entry(Rate.class, rates()),
          Map.entry(
              DnsFailure.class,
              Combinators.combine(
                      Arbitraries.of(DnsFailure.Outcome.class),
                      ArbitraryTraffic.names().list().ofMaxSize(3))
                  .as(DnsFailure::new)),
          Map.entry(
              Duplicate.class,
              Arbitraries.oneOf(
                  ramped(Duplicate::new),
                  Combinators.combine(percentages(), correlations())
                      .as((share, correlation) -> new Duplicate(share, null, correlation)))),
          Map.entry(
              Corrupt.class,
              Arbitraries.of(CorruptMode.class).flatMap(ArbitraryExperiments::corruptions)),
          Map.entry(
              Reset.class,
              Arbitraries.of(ResetEnd.class)
                  .flatMap(end -> ramped((share, ramp) -> new Reset(share, end, ramp)))),
          Map.entry(Partition.class, Arbitraries.of(PartitionMode.class).map(Partition::new)));

  private ArbitraryExperiments() {}

  public static Arbitrary<Experiment> experiments() {
    return Combinators.combine(
            names().injectNull(0.3),
            targets().list().ofMinSize(1).ofMaxSize(4),
            faults().list().ofMinSize(1).ofMaxSize(4),
            ArbitraryTraffic.filters(),
            Combinators.combine(durations(Experiment.SHORTEST, Experiment.LONGEST), budgets())
                .as(Experiment.Limits::new),
            Arbitraries.longs().injectNull(0.3))
        .filter((name, targets, faults, traffic, limits, seed) -> fit(faults, traffic))
        .as(Experiment::new);
  }

  private static Arbitrary<Budget> budgets() {
    return Combinators.combine(
            Arbitraries.longs().between(1, Budget.MOST_PACKETS).injectNull(0.5),
            counts(Budget.MOST_FLOWS).injectNull(0.5),
            Combinators.combine(
                    percentages(), durations(Budget.ShareLimit.SHORTEST, Budget.ShareLimit.LONGEST))
                .as(Budget.ShareLimit::new)
                .injectNull(0.5))
        .as(Budget::new);
  }

  public static Arbitrary<Fault> faults() {
    return Arbitraries.oneOf(FAULTS.values());
  }

  public static Arbitrary<Target> targets() {
    Arbitrary<String> interfaces =
        Arbitraries.strings().withChars("abeth0123456789.-_@").ofMinLength(1).ofMaxLength(15);
    Arbitrary<String> valid = interfaces.filter(name -> !name.equals(".") && !name.equals(".."));
    return Arbitraries.oneOf(
        Combinators.combine(netns(), valid.injectNull(0.5)).as(Target.NamedNetns::new),
        Combinators.combine(
                Arbitraries.integers().between(1, Target.Process.LARGEST_PID),
                valid.injectNull(0.5))
            .as(Target.Process::new),
        Combinators.combine(
                Arbitraries.strings().withChars("0123456789abcdef").ofMinLength(4).ofMaxLength(64),
                valid.injectNull(0.5))
            .as(Target.Container::new),
        Combinators.combine(
                Arbitraries.randomValue(ArbitraryExperiments::uid),
                Arbitraries.of("shop/web-1", "a/b.c").injectNull(0.5),
                valid.injectNull(0.5))
            .as(Target.Pod::new),
        valid.map(Target.Host::new));
  }

  private static String uid(Random random) {
    String uid = new UUID(random.nextLong(), random.nextLong()).toString();
    return random.nextBoolean() ? uid : uid.replace("-", "");
  }

  public static Arbitrary<Percentage> percentages() {
    return Arbitraries.bigDecimals()
        .between(new BigDecimal("0.000000001"), BigDecimal.valueOf(100))
        .ofScale(9)
        .map(Percentage::new);
  }

  private static Arbitrary<Integer> counts(int largest) {
    return Arbitraries.integers().between(1, largest);
  }

  private static <F> Arbitrary<F> ramped(BiFunction<Percentage, @Nullable Ramp, F> fault) {
    return Combinators.combine(
            percentages(), percentagesFromZero(), durations(Ramp.SHORTEST, Ramp.LONGEST), BOOLEANS)
        .as(
            (share, from, over, ramps) ->
                fault.apply(share, ramps ? new Ramp(from, share, over) : null));
  }

  private static Arbitrary<Corrupt> corruptions(CorruptMode mode) {
    return Arbitraries.oneOf(
        ramped((share, ramp) -> new Corrupt(share, mode, ramp)),
        Combinators.combine(percentages(), correlations())
            .as((share, correlation) -> new Corrupt(share, mode, null, correlation)));
  }

  private static Arbitrary<Percentage> correlations() {
    return percentages().filter(correlation -> !correlation.equals(Percentage.ALL));
  }

  private static Arbitrary<Percentage> percentagesFromZero() {
    return Arbitraries.oneOf(percentages(), Arbitraries.of(Percentage.NONE, Percentage.ALL));
  }

  private static Arbitrary<GilbertElliottLoss> gilbertElliott() {
    return Combinators.combine(
            percentages(), percentages(), percentagesFromZero(), percentagesFromZero())
        .filter((p, r, bad, good) -> !(bad.equals(Percentage.NONE) && good.equals(Percentage.NONE)))
        .as(GilbertElliottLoss::new);
  }

  private static Arbitrary<FourStateLoss> fourState() {
    Arbitrary<Percentage> half =
        percentages()
            .map(p -> new Percentage(p.value().movePointLeft(1).setScale(9, RoundingMode.UP)));
    Arbitrary<Percentage> some = Arbitraries.oneOf(half, Arbitraries.of(Percentage.NONE));
    return Combinators.combine(half, half, some, percentagesFromZero(), some)
        .as(FourStateLoss::new);
  }

  public static Arbitrary<Duration> durations(Duration shortest, Duration longest) {
    return Arbitraries.longs()
        .between(shortest.toNanos(), longest.toNanos())
        .map(Duration::ofNanos);
  }

  private static Arbitrary<Rate> rates() {
    Arbitrary<BitRate> rates =
        Arbitraries.longs()
            .between(Rate.SLOWEST.bitsPerSecond(), Rate.FASTEST.bitsPerSecond())
            .map(BitRate::new);
    Arbitrary<ByteSize> bursts = Arbitraries.longs().between(1, 60_000).map(ByteSize::new);
    return Combinators.combine(
            rates, bursts.injectNull(0.5), durations(Duration.ofNanos(1), Rate.LONGEST_BACKLOG))
        .as(Rate::new);
  }

  private static Arbitrary<Delay> delays() {
    Duration nano = Duration.ofNanos(1);
    Arbitrary<Duration> latencies = durations(nano, Delay.LONGEST.dividedBy(2));
    return latencies.flatMap(
        latency ->
            Combinators.combine(
                    durations(nano, latency),
                    ArbitraryDistributions.distributions(),
                    correlations().injectNull(0.5))
                .as(Jitter::new)
                .injectNull(0.3)
                .flatMap(
                    jitter ->
                        Arbitraries.of(true, false)
                            .map(keepOrder -> new Delay(latency, jitter, keepOrder))));
  }

  private static Arbitrary<String> names() {
    return Arbitraries.oneOf(
        Arbitraries.of("yes", "null", "true", "1e5", "0x10", "017", "1_0", "2026-01-01", "a "),
        Arbitraries.strings()
            .withCharRange('A', 'Z')
            .withCharRange('a', 'z')
            .withCharRange('0', '9')
            .withChars(" ._-")
            .ofMinLength(1)
            .ofMaxLength(63)
            .filter(name -> name.matches(Experiment.NAME_SYNTAX)));
  }

  private static Arbitrary<String> netns() {
    return Arbitraries.oneOf(
        Arbitraries.of("~", "null", "#", "- a", "a: b", "a #b", "%", "@", "`", "'", "\"", " ", "["),
        Arbitraries.strings()
            .ofMinLength(1)
            .ofMaxLength(85)
            .map(text -> text.replaceAll("[/\\p{C}\\u2028\\u2029]", "x"))
            .filter(ArbitraryExperiments::isNetnsName));
  }

  private static boolean isNetnsName(String name) {
    try {
      return new Target.NamedNetns(name, null).name().equals(name);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean fit(List<Fault> faults, TrafficFilter traffic) {
    Protocol protocol = traffic.protocol();
    boolean resets = faults.stream().anyMatch(Reset.class::isInstance);
    boolean misanswers = faults.stream().anyMatch(DnsFailure.class::isInstance);
    boolean forUdp = (protocol == null || protocol == Protocol.UDP) && !traffic.flows().needsTcp();
    return (protocol == null || protocol == Protocol.TCP || !resets)
        && (forUdp || !misanswers)
        && faults.stream().filter(Rate.class::isInstance).count() <= 1;
  }
}
