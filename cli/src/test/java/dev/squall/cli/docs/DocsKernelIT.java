// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.docs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.squall.bpf.KernelRunRegistry;
import dev.squall.bpf.KernelSupport;
import dev.squall.fault.ActiveRun;
import dev.squall.fault.HostCheck;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Does on this machine what the guides tell their readers to do, and compares what comes out.
class DocsKernelIT {
  private static final List<String> TOOLS =
      List.of("ip", "ping", "curl", "python3", "tcpdump", "unshare");

  /// These see the runs of all processes, so a page with one of them wants to be alone.
  private static final Pattern LOOKS_AROUND =
      Pattern.compile("squall (?:status|stop|verify-clean)\\b");

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Duration TIME_TO_BE_ALONE = Duration.ofSeconds(5);
  private static final int AT_ONCE = 3;

  @BeforeAll
  static void guidesCanBeFollowedHere() {
    for (HostCheck check : new KernelSupport().checks()) {
      boolean works = check.outcome() != HostCheck.Outcome.MISSING;
      assumeTrue(works, () -> check.name() + ": " + check.meaning());
      boolean asShown = !check.name().equals("hook") || check.outcome() == HostCheck.Outcome.OK;
      assumeTrue(asShown, "the guides show what Linux 6.6 and newer does");
    }
    TOOLS.forEach(tool -> assumeTrue(isThere(tool), tool + ": the guides use it; install it"));
  }

  @TestFactory
  List<DynamicTest> whatAGuideShowsIsWhatComesOut() {
    List<MarkdownPage> pages =
        MarkdownPage.all().stream()
            .filter(page -> !page.fences("console").isEmpty() && !page.isForCluster())
            .toList();
    try (ExecutorService readers = Executors.newFixedThreadPool(AT_ONCE)) {
      List<DynamicTest> together =
          pages.stream()
              .filter(page -> !looksAround(page))
              .map(page -> test(page, readers.submit(() -> read(page))))
              .toList();
      Stream<DynamicTest> alone =
          pages.stream()
              .filter(DocsKernelIT::looksAround)
              .map(page -> DynamicTest.dynamicTest(page.toString(), () -> readAlone(page)));
      return Stream.concat(together.stream(), alone).toList();
    }
  }

  private static boolean looksAround(MarkdownPage page) {
    return page.fences("console").stream()
        .flatMap(fence -> ConsoleBlock.of(fence).steps().stream())
        .anyMatch(step -> LOOKS_AROUND.matcher(step.command()).find());
  }

  private static DynamicTest test(MarkdownPage page, Future<?> reading) {
    return DynamicTest.dynamicTest(
        page.toString(),
        () -> {
          try {
            reading.get();
          } catch (ExecutionException failed) {
            throw failed.getCause();
          }
        });
  }

  /// The runs of others on this host would be seen, and might be stopped.
  private static void readAlone(MarkdownPage page) throws Exception {
    Instant end = Instant.now().plus(TIME_TO_BE_ALONE);
    List<ActiveRun> others = new KernelRunRegistry().runs();
    while (!others.isEmpty() && Instant.now().isBefore(end)) {
      Terminal.pause();
      others = new KernelRunRegistry().runs();
    }
    assumeTrue(others.isEmpty(), "others use squall on this host: " + others);
    read(page);
  }

  private static Void read(MarkdownPage page) throws Exception {
    try (ScratchHost host = new ScratchHost()) {
      new PageRun(page, host, PATIENCE).run();
    }
    return null;
  }

  private static boolean isThere(String tool) {
    return Stream.of((System.getenv("PATH") + ":/usr/sbin:/sbin").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
  }
}
