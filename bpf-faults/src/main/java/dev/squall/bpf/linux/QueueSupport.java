// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import dev.squall.fault.FaultException;
import java.time.Duration;

/// What a delayed packet can wait in on this machine.
///
/// @param fq the `fq` queue, which releases packets at a time
/// @param htb the `htb` queue, see [HtbQueue]
/// @param tap a TAP device, see [TapDelayLoop]
public record QueueSupport(Availability fq, Availability htb, Availability tap) {
  /// None of them is there.
  public static final QueueSupport NOTHING =
      new QueueSupport(Availability.NO, Availability.NO, Availability.NO);

  private static final QueueSupport UNKNOWN =
      new QueueSupport(Availability.UNKNOWN, Availability.UNKNOWN, Availability.UNKNOWN);

  /// Tries each on a scratch device in a namespace of its own, which is gone afterwards. The kernel
  /// loads modules that it has on disk.
  public static QueueSupport probe() {
    try (NetworkNamespace scratch = NetworkNamespace.anonymous()) {
      return scratch.call(() -> probeIn(scratch));
    } catch (FaultException | LinuxException e) {
      return UNKNOWN;
    }
  }

  private static QueueSupport probeIn(NetworkNamespace scratch) {
    Links.createVethPair("probe0", "probe1", scratch, 1500);
    Link fqDevice = TargetInterface.find("probe0", "scratch");
    Link htbDevice = TargetInterface.find("probe1", "scratch");
    return new QueueSupport(
        attempt(() -> Qdiscs.addFq(fqDevice.index(), 100, 100, Duration.ofSeconds(1))),
        attempt(() -> HtbQueue.add(htbDevice.index())),
        attempt(() -> TapDevice.create("probe2").close()));
  }

  /// A kind of queue that the kernel does not know is ENOENT; so is a missing /dev/net/tun, and
  /// without its driver that one is ENODEV or ENXIO.
  private static Availability attempt(Runnable trial) {
    try {
      trial.run();
      return Availability.YES;
    } catch (FaultException e) {
      return Availability.UNKNOWN;
    } catch (LinuxException e) {
      return switch (e.errno()) {
        case Errno.ENOENT, Errno.ENODEV, Errno.ENXIO -> Availability.NO;
        default -> Availability.UNKNOWN;
      };
    }
  }
}
