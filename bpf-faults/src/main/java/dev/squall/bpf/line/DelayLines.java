// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.line;

import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.linux.Errno;
import dev.squall.bpf.linux.Link;
import dev.squall.bpf.linux.LinuxException;
import dev.squall.bpf.program.WaitPlan;
import dev.squall.fault.Delay;
import dev.squall.fault.Fault;
import dev.squall.fault.FaultException;
import java.util.List;

/// Chooses what packets wait on, by trying. Until it is known that the kernel can do it, nothing is
/// touched but a namespace of our own.
public final class DelayLines {
  private DelayLines() {}

  /// A device for the packets that wait; none when nothing waits.
  ///
  /// @param link the interface whose packets wait
  /// @throws FaultException when this kernel has nothing that delays as asked
  public static DelayLine open(Site site, Link link, List<Fault> faults) {
    if (faults.stream().noneMatch(WaitPlan::isNeededBy)) {
      return new NoLine();
    }
    requireEthernet(link, "a delay or a rate");
    for (DelayMechanism mechanism : DelayMechanism.choices(keepsOrder(faults))) {
      try {
        return open(mechanism, site, faults);
      } catch (LinuxException e) {
        requireAbsence(e);
      }
    }
    throw new FaultException(
        FaultException.Kind.ENVIRONMENT,
        "this kernel has no fq, no sch_htb and no tun: nothing can hold a packet; load one of the"
            + " modules sch_fq, sch_htb, tun");
  }

  private static DelayLine open(DelayMechanism mechanism, Site site, List<Fault> faults) {
    return switch (mechanism) {
      case FQ -> VethLine.openFq(site, WaitPlan.byTime(faults, FaultAbi.SLOTS));
      case HTB -> VethLine.openHtb(site, WaitPlan.byClass(faults));
      case TAP -> TapLine.open(site, WaitPlan.byTime(faults, TapLine.SLOTS));
    };
  }

  private static boolean keepsOrder(List<Fault> faults) {
    return faults.stream().anyMatch(fault -> fault instanceof Delay delay && delay.keepOrder());
  }

  /// A qdisc of an unknown kind, or a device file that is not there: the next may do.
  private static void requireAbsence(LinuxException e) {
    if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENODEV && e.errno() != Errno.ENXIO) {
      throw e;
    }
  }

  /// @param what needs it
  static void requireEthernet(Link link, String what) {
    if (!link.type().hasEthernetHeader()) {
      throw new FaultException(
          FaultException.Kind.USER,
          "interface %s carries no Ethernet frames, and %s needs them: choose another one"
              .formatted(link.name(), what));
    }
  }
}
