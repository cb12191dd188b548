// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.fault.Delay;
import dev.squall.fault.Fault;
import dev.squall.fault.Injection;
import dev.squall.fault.Loss;
import dev.squall.target.Direction;
import dev.squall.unit.Percentage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What many injections take up in the process that holds them: an agent may have a hundred.
class MemoryScenarioKernelIT {
  private static final int FIRST = 5;
  private static final int MORE = 15;
  private static final int REPORTS = 100;
  private static final long MOST_KIB = 500;
  private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-[0-9a-f]+ ");

  /// A heap with compressed references lies below.
  private static final long HEAPS_END = 32L << 30;

  private static final Figures FIGURES = new Figures("Memory");

  private final TestNetwork network = new TestNetwork();
  private final List<Injection> injections = new ArrayList<>();

  static List<Fault> faults() {
    return List.of(new Loss(Percentage.parse("5%")), new Delay(Duration.ofMillis(10), null, false));
  }

  @AfterEach
  void removeEverything() {
    injections.forEach(Injection::close);
    network.close();
  }

  @AfterAll
  static void writeFigures() {
    FIGURES.write();
  }

  private void inject(Fault fault, int times) {
    for (int i = 0; i < times; i++) {
      injections.add(
          Scenario.of(network, Scenario.peerPort(Direction.BOTH, 7100 + i), 1, fault).arm());
    }
  }

  @ParameterizedTest
  @MethodSource("faults")
  void anInjectionTakesUpLittleAndItsReportsNothing(Fault fault) throws IOException {
    inject(fault, FIRST);
    long before = kibibytes();
    long start = System.nanoTime();
    inject(fault, MORE);
    long each = (kibibytes() - before) / MORE;
    long time = (System.nanoTime() - start) / MORE;
    FIGURES.add("one more " + fault.describe(), each + " KiB", "≤ " + MOST_KIB + " KiB");
    FIGURES.add("to arm one more " + fault.describe(), Figures.millis(time), "");
    long mappings = mappings();
    for (int i = 0; i < REPORTS; i++) {
      injections.forEach(Injection::report);
    }

    assertThat(each).isLessThanOrEqualTo(MOST_KIB);
    assertThat(mappings()).isLessThan(mappings + REPORTS);
    assertThat(leaseThreads()).isOne();
  }

  /// Resident, without the Java heap, which garbage fills.
  private static long kibibytes() throws IOException {
    long sum = 0;
    boolean counts = false;
    for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
      Matcher mapping = MAPPING.matcher(line);
      if (mapping.lookingAt()) {
        counts = Long.parseUnsignedLong(mapping.group(1), 16) >= HEAPS_END;
      } else if (counts && line.startsWith("Rss:")) {
        sum += Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    return sum;
  }

  private static long mappings() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/maps")).size();
  }

  private static long leaseThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("squall-lease"))
        .count();
  }
}
