// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import dev.squall.bpf.libbpf.BpfException;
import dev.squall.bpf.libbpf.Libbpf;
import dev.squall.bpf.libbpf.TcxSupport;
import dev.squall.bpf.linux.Availability;
import dev.squall.bpf.linux.Capability;
import dev.squall.bpf.linux.QueueSupport;
import dev.squall.bpf.program.RuleTable;
import dev.squall.bpf.program.WaitPlan;
import dev.squall.fault.FaultException;
import dev.squall.fault.HostCheck;
import dev.squall.fault.HostCheck.Outcome;
import dev.squall.fault.HostSupport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What this host's kernel, libraries and rights allow, found out by trying.
public final class KernelSupport implements HostSupport {
  @Override
  public List<HostCheck> checks() {
    return List.of(
        kernel(), typeInformation(), capabilities(), libbpf(), programs(), hook(), delay());
  }

  private static HostCheck kernel() {
    String release = System.getProperty("os.version");
    String[] numbers = release.split("[^0-9]+", 3);
    int version = Integer.parseInt(numbers[0]) * 1000 + Integer.parseInt(numbers[1]);
    String name = "kernel";
    if (version >= 6006) {
      return new HostCheck(name, Outcome.OK, release + ": every promise holds", null);
    }
    if (version >= 6001) {
      return new HostCheck(
          name,
          Outcome.LIMITED,
          release + ": programs of a killed run stay attached, inert within a second",
          "run squall verify-clean after a crash, or use Linux 6.6 or newer");
    }
    return new HostCheck(
        name, Outcome.UNKNOWN, release + ": older than what is tested", "use Linux 6.1 or newer");
  }

  private static HostCheck typeInformation() {
    boolean there = Files.exists(Path.of("/sys/kernel/btf/vmlinux"));
    return new HostCheck(
        "BTF",
        there ? Outcome.OK : Outcome.LIMITED,
        there
            ? "the kernel describes its types"
            : "the kernel does not describe its types; Squall does without",
        there ? null : "build the kernel with CONFIG_DEBUG_INFO_BTF");
  }

  private static HostCheck capabilities() {
    Set<Capability> missing = EnumSet.allOf(Capability.class);
    missing.removeAll(Capability.effective());
    if (missing.isEmpty()) {
      return new HostCheck("capabilities", Outcome.OK, "this process may do all it needs", null);
    }
    String names = missing.stream().map(Capability::label).collect(Collectors.joining(", "));
    return new HostCheck(
        "capabilities", Outcome.MISSING, "this process lacks " + names, "run squall as root");
  }

  private static HostCheck libbpf() {
    try {
      return new HostCheck("libbpf", Outcome.OK, "version " + Libbpf.version(), null);
    } catch (FaultException e) {
      return new HostCheck(
          "libbpf", Outcome.MISSING, String.valueOf(e.getMessage()), "apt-get install libbpf1");
    }
  }

  /// The verifier of this very kernel has the last word.
  private static HostCheck programs() {
    String name = "programs";
    try (LoadedProgram _ = LoadedProgram.load(RuleTable.everywhere(), WaitPlan.none(), true)) {
      return new HostCheck(name, Outcome.OK, "the kernel accepts Squall's programs", null);
    } catch (FaultException | BpfException e) {
      return new HostCheck(
          name,
          Outcome.MISSING,
          "the kernel refuses Squall's programs: " + e.getMessage(),
          "use Linux 6.1 or newer");
    }
  }

  private static HostCheck hook() {
    return switch (TcxSupport.probe()) {
      case YES ->
          new HostCheck(
              "hook", Outcome.OK, "tcx: the kernel detaches programs when their run dies", null);
      case NO ->
          new HostCheck(
              "hook",
              Outcome.LIMITED,
              "clsact: programs of a killed run stay attached, inert within a second",
              "run squall verify-clean after a crash, or use Linux 6.6 or newer");
      case UNKNOWN ->
          new HostCheck("hook", Outcome.UNKNOWN, "could not ask for tcx", "run squall as root");
    };
  }

  private static HostCheck delay() {
    QueueSupport queues = QueueSupport.probe();
    String name = "delay";
    if (queues.fq() == Availability.YES) {
      return new HostCheck(name, Outcome.OK, "packets wait in fq", null);
    }
    String better = "load sch_fq for exact order and jitter: modprobe sch_fq";
    if (queues.htb() == Availability.YES) {
      return new HostCheck(
          name,
          Outcome.LIMITED,
          "packets wait in HTB: 512 / latency of them a second, jitter in 128 steps",
          better);
    }
    if (queues.tap() == Availability.YES) {
      return new HostCheck(
          name, Outcome.LIMITED, "packets wait in this process behind a TAP device", better);
    }
    boolean absent = queues.equals(QueueSupport.NOTHING);
    return new HostCheck(
        name,
        absent ? Outcome.MISSING : Outcome.UNKNOWN,
        absent
            ? "nothing here can hold a packet: no delay"
            : "could not try what can hold a packet",
        absent ? "load one of sch_fq, sch_htb, tun" : "run squall as root");
  }
}
