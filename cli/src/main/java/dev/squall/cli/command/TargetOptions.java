// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import dev.squall.fault.FaultException;
import dev.squall.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Whose packets: the options of the group TARGET.
final class TargetOptions {
  @Option(
      names = "--netns",
      paramLabel = "NAME",
      description = "The network namespace of that name (ip netns list).")
  private @Nullable String netns;

  @Option(names = "--pid", paramLabel = "N", description = "The network namespace of that process.")
  private @Nullable Integer pid;

  @Option(
      names = "--container",
      paramLabel = "ID",
      description = "The container of that ID, or of a unique beginning of one.")
  private @Nullable String container;

  @Option(
      names = "--pod",
      paramLabel = "UID",
      description = "The Kubernetes pod of that UID, where it runs on this host.")
  private @Nullable String pod;

  @Option(
      names = "--interface",
      paramLabel = "IF",
      description = {
        "The interface there (default: the one with the default route,",
        "else the only one that is not lo); alone: that one of this host."
      })
  private @Nullable String networkInterface;

  Target target() {
    List<Target> host = new ArrayList<>();
    add(host, "--interface", networkInterface, Target.Host::new);
    List<Target> others = new ArrayList<>();
    add(others, "--netns", netns, name -> new Target.NamedNetns(name, networkInterface));
    add(others, "--pid", pid, number -> new Target.Process(number, networkInterface));
    add(others, "--container", container, id -> new Target.Container(id, networkInterface));
    add(others, "--pod", pod, uid -> new Target.Pod(uid, null, networkInterface));
    return only(others.isEmpty() ? host : others);
  }

  private static <T> void add(
      List<Target> targets, String option, @Nullable T value, Function<T, Target> target) {
    if (value != null) {
      targets.add(Usage.checked(option, () -> target.apply(value)));
    }
  }

  private static Target only(List<Target> targets) {
    return switch (targets.size()) {
      case 0 ->
          throw Usage.wrong(
              "a target is missing: give --netns NAME, --pid N, --container ID, --pod UID, or --interface IF for this host");
      case 1 -> targets.getFirst();
      default -> throw several(targets);
    };
  }

  private static FaultException several(List<Target> targets) {
    String named = String.join(" and ", targets.stream().map(Target::describe).toList());
    return Usage.wrong(
        named + " are several targets: inject takes one, squall run FILE takes any number");
  }
}
