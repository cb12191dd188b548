// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.libbpf.TestContext;
import dev.squall.bpf.libbpf.TestRun;
import dev.squall.bpf.packet.PacketView;
import java.util.Arrays;

/// What a program made of a packet.
final class Passage {
  private static final int NEXT = -1; // TCX_NEXT, TC_ACT_UNSPEC
  private static final int DROP = 2;
  private static final int REDIRECT = 7;

  private final Fate fate;
  private final TestRun run;

  private Passage(Fate fate, TestRun run) {
    this.fate = fate;
    this.run = run;
  }

  /// In the words of somebody who watches the wire.
  enum Fate {
    /// On to the next program, not a bit of it changed.
    PASSED,
    /// On to the next program, but not as it was.
    REWRITTEN,
    /// Gone without a trace: on egress sent to no interface, so that its sender believes it sent;
    /// on ingress dropped.
    VANISHED,
    /// Became another packet, which goes back.
    ANSWERED
  }

  static Passage of(int direction, byte[] before, TestContext given, TestRun run) {
    boolean same = Arrays.equals(before, run.packet()) && settings(given, run.context());
    return new Passage(fate(direction, same, run.verdict()), run);
  }

  private static Fate fate(int direction, boolean same, int verdict) {
    boolean outgoing = direction == FaultAbi.EGRESS;
    if (verdict == NEXT) {
      return same ? Fate.PASSED : Fate.REWRITTEN;
    }
    if (same && verdict == (outgoing ? REDIRECT : DROP)) {
      return Fate.VANISHED;
    }
    if (!same && verdict == REDIRECT) {
      return Fate.ANSWERED;
    }
    throw new AssertionError(
        "verdict %d on %s, packet %s"
            .formatted(verdict, outgoing ? "egress" : "ingress", same ? "unchanged" : "changed"));
  }

  private static boolean settings(TestContext given, TestContext after) {
    return given.mark() == after.mark()
        && given.priority() == after.priority()
        && given.tstamp() == after.tstamp()
        && given.segmentation().segments() == after.segmentation().segments();
  }

  Fate fate() {
    return fate;
  }

  /// The packet afterwards.
  byte[] packet() {
    return run.packet();
  }

  PacketView view() {
    return PacketView.of(run.packet());
  }

  TestContext context() {
    return run.context();
  }
}
