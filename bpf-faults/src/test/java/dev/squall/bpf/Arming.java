// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import dev.squall.bpf.abi.RunMap;
import dev.squall.bpf.linux.OwnProcess;
import dev.squall.bpf.program.RuleTable;
import dev.squall.bpf.program.WaitPlan;
import java.time.Duration;

/// Puts rules into force without attaching the programs to anything.
final class Arming {
  static final int OWNER = 4711;

  private static final int IFINDEX = 1;
  private static final int ETHERNET_HEADER = 14;
  private static final Duration TERM = Duration.ofHours(1);

  private Arming() {}

  /// Writes the tables and lets them work for the next hour.
  static void arm(LoadedProgram program, RuleTable table, WaitPlan waits) {
    program.write(table, waits, ETHERNET_HEADER);
    program.identify(
        new RunMap.Identity(OWNER, OwnProcess.PID, OwnProcess.START_TIME, IFINDEX, 0, "a test"),
        "trial",
        "a test");
    JiffiesClock clock = clock(program);
    program.setWindow(clock.now(), clock.now() + clock.ticks(TERM));
    program.run().setLeaseUntil(clock.now() + clock.ticks(TERM));
    program.arm();
  }

  static JiffiesClock clock(LoadedProgram program) {
    return JiffiesClock.calibrate(program.program("squall_clock"), program.run());
  }
}
