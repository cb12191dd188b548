// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import dev.squall.experiment.Experiment;
import dev.squall.fault.FlowExemption;
import dev.squall.fault.RunIdentity;
import dev.squall.target.NameResolver;
import dev.squall.target.Target;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Settles what an experiment leaves open: the addresses of its peers, the seed, the identity of
/// the run, and the SSH session to be spared.
final class Planner {
  /// Short enough to be typed again by hand.
  private static final long SEEDS = 1L << 32;

  private final Supplier<NameResolver> names;
  private final Map<String, String> environment;
  private final SplittableRandom random = new SplittableRandom();

  Planner(Supplier<NameResolver> names, Map<String, String> environment) {
    this.names = names;
    this.environment = environment;
  }

  RunPlan plan(Experiment experiment, RunRequest request, @Nullable AuditFile audit) {
    Map<String, List<InetAddress>> addresses = new LinkedHashMap<>();
    Experiment resolved =
        experiment.resolved(
            name -> addresses.computeIfAbsent(name, asked -> names.get().resolve(asked)));
    long seed = experiment.seed() == null ? random.nextLong(SEEDS) : experiment.seed();
    RunIdentity identity =
        new RunIdentity(
            newId(),
            request.command(),
            seed,
            request.dryRun(),
            audit != null,
            exemption(experiment, request));
    return new RunPlan(resolved, identity, addresses, new Places(resolved.targets()), audit);
  }

  private @Nullable FlowExemption exemption(Experiment experiment, RunRequest request) {
    boolean onHost = experiment.targets().stream().anyMatch(Target.Host.class::isInstance);
    return onHost && !request.includeSsh()
        ? new SshFlow(environment, Path.of("/proc")).find()
        : null;
  }

  /// Eight hexadecimal digits.
  private String newId() {
    return Long.toHexString((1L << 32) | random.nextLong(1L << 32)).substring(1);
  }
}
