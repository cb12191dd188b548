// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import dev.squall.experiment.Ticker;
import dev.squall.fault.ActiveRun;
import dev.squall.fault.Leftover;
import dev.squall.fault.RunRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Asks the kernel whether anything of ours is left without a living owner.
///
/// The kernel removes what a dead process held within a moment, so a find counts only when it is
/// still there after two seconds. What the kernel does not remove by itself (before Linux 6.6) is
/// removed here.
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
    Duration end = ticker.now().plus(PATIENCE);
    List<Leftover> removed = List.of();
    if (!registry.leftovers().isEmpty()) {
      removed = registry.sweep();
    }
    Finding finding = finding(removed);
    while (isPending(finding, noRuns) && ticker.now().compareTo(end) < 0) {
      ticker.await(new CountDownLatch(1), INTERVAL);
      finding = finding(removed);
    }
    return finding;
  }

  private static boolean isPending(Finding finding, boolean noRuns) {
    return !finding.isClean() || (noRuns && !finding.living().isEmpty());
  }

  private Finding finding(List<Leftover> removed) {
    return new Finding(
        removed,
        registry.leftovers(),
        registry.runs().stream().filter(ActiveRun::isOwned).toList());
  }
}
