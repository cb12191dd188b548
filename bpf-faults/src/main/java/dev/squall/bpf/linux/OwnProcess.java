// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

/// This process, by the two numbers that name it for as long as the machine runs.
public final class OwnProcess {
  public static final int PID = (int) ProcessHandle.current().pid();

  /// In clock ticks since boot.
  public static final long START_TIME = Processes.startTime(PID).orElseThrow();

  private OwnProcess() {}
}
