// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import dev.squall.experiment.EndReason;
import dev.squall.fault.FlowExemption;
import dev.squall.target.IpPrefix;
import dev.squall.unit.DurationText;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The sentences about a run that people read, at a terminal as well as in a log.
final class Announcement {
  private final RunPlan plan;

  Announcement(RunPlan plan) {
    this.plan = plan;
  }

  /// The first line, and what else is to be known before the first packet is hit.
  List<String> armed(List<String> notes) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "armed %s: %s%s, for %s (seed %d)"
            .formatted(
                plan.identity().id(),
                plan.experiment().name() == null ? "" : plan.experiment().name() + ": ",
                TrafficText.describe(plan),
                DurationText.format(plan.experiment().duration()),
                plan.identity().seed()));
    plan.addresses().forEach((name, addresses) -> lines.add(resolved(name, addresses)));
    if (plan.identity().exemption() != null) {
      lines.add(spared(plan.identity().exemption()));
    }
    if (plan.identity().dryRun()) {
      lines.add("  dry run: packets are counted, none is touched");
    }
    notes.forEach(note -> lines.add("  " + note));
    return lines;
  }

  /// The line that says how it ended.
  String ended(EndReason reason, Duration uncovered) {
    return "ended %s: %s (seed %d)"
        .formatted(plan.identity().id(), cause(reason, uncovered), plan.identity().seed());
  }

  private String cause(EndReason reason, Duration uncovered) {
    return switch (reason) {
      case DURATION ->
          "its %s are over".formatted(DurationText.format(plan.experiment().duration()));
      case SIGNAL -> "stopped by a signal";
      case STOPPED -> "stopped by squall stop";
      case BUDGET ->
          "its budget of %s is spent"
              .formatted(String.join(", ", plan.experiment().budget().limits()));
      case LEASE_LOST ->
          "lease lost: this process did not run for a while, so the kernel ended the fault; it had been off for "
              + DurationText.format(uncovered);
    };
  }

  private static String resolved(String name, List<InetAddress> addresses) {
    return "  %s is %s"
        .formatted(
            name,
            String.join(
                ", ",
                addresses.stream().map(address -> IpPrefix.host(address).toString()).toList()));
  }

  private static String spared(FlowExemption flow) {
    return "  spared: your SSH session from %s port %d (--include-ssh hits it too)"
        .formatted(IpPrefix.host(flow.peer()), flow.peerPort());
  }
}
