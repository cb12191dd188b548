// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.line;

import dev.squall.bpf.abi.RunMap;
import dev.squall.bpf.libbpf.BpfProgram;
import dev.squall.bpf.linux.Link;
import dev.squall.bpf.linux.Offloads;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/// A device without offloads that packets pass on their way to the hook: before it the kernel
/// splits them into what goes onto the wire, and finishes their checksums.
public final class Splitter implements AutoCloseable {
  private static final long PASSAGE_NANOS = 20_000_000L;

  private final VethPair pair;

  private Splitter(VethPair pair) {
    this.pair = pair;
  }

  /// Makes the device.
  ///
  /// @param link the interface whose packets are split
  public static Splitter open(Site site, Link link) {
    DelayLines.requireEthernet(link, "deciding on wire segments");
    String name = DelayDevice.splitterName(site.number());
    return new Splitter(VethPair.open(site, name, (_, near) -> Offloads.switchOff(near.name())));
  }

  /// In words, for the report.
  public String note() {
    return "packets are split into wire segments by the device " + pair.near().name();
  }

  /// Joins the loaded programs to the device.
  public void connect(Function<String, BpfProgram> programs, RunMap run) {
    run.setSplitter(pair.near().index());
    pair.attach(programs.apply("squall_mirror"), programs.apply("squall_back"));
  }

  /// Waits until what is on the device has left it: packets come through at once.
  public void drain() {
    LockSupport.parkNanos(PASSAGE_NANOS);
  }

  @Override
  public void close() {
    pair.close();
  }
}
