// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import dev.squall.experiment.Ticker;
import dev.squall.fault.ActiveRun;
import dev.squall.fault.Leftover;
import dev.squall.fault.RunRegistry;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/// Asks the kernel whether anything of ours is left without a living owner.
///
/// The kernel removes what a dead process held within a moment, and what a new one loads has no
/// owner for a moment. So a find counts only when it is there in every look of two seconds. What
/// the kernel does not remove by itself (before Linux 6.6) is removed here.
public final class CleanProof {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration INTERVAL = Duration.ofMillis(50);

  private final RunRegistry registry;
  private final Ticker ticker;

  public CleanProof(RunRegistry registry, Ticker ticker) {
    this.registry = registry;
    this.ticker = ticker;
  }

  /// What was found: removed just now, still there, and the runs of living processes.
  public record Finding(List<Leftover> removed, List<Leftover> leftovers, List<ActiveRun> living) {
    /// Whether everything of ours has a living owner.
    public boolean isClean() {
      return leftovers.isEmpty();
    }
  }

  /// Looks until all is clean, at most two seconds; with `noRuns` it also waits for living runs to
  /// end.
  public Finding look(boolean noRuns) throws InterruptedException {
    Set<Leftover> left = new LinkedHashSet<>(registry.leftovers());
    List<Leftover> removed = left.isEmpty() ? List.of() : registry.sweep();
    List<ActiveRun> living = living();
    Duration end = ticker.now().plus(PATIENCE);
    while (isPending(left, living, noRuns) && ticker.now().compareTo(end) < 0) {
      ticker.await(new CountDownLatch(1), INTERVAL);
      left.retainAll(Set.copyOf(registry.leftovers()));
      living = living();
    }
    return new Finding(removed, List.copyOf(left), living);
  }

  private static boolean isPending(Set<Leftover> left, List<ActiveRun> living, boolean noRuns) {
    return !left.isEmpty() || (noRuns && !living.isEmpty());
  }

  private List<ActiveRun> living() {
    return registry.runs().stream().filter(ActiveRun::isOwned).toList();
  }
}
