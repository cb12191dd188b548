// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.line;

import dev.squall.bpf.libbpf.BpfMap;
import dev.squall.bpf.libbpf.BpfProgram;
import dev.squall.bpf.program.WaitPlan;
import java.util.function.Function;

/// A device on which delayed packets wait. It lives as long as this process at the most.
public sealed interface DelayLine extends AutoCloseable permits NoLine, TapLine, VethLine {
  /// FQ, HTB, TAP or NO_LINE of `LineMaps`.
  int kind();

  /// Where its packets wait.
  WaitPlan plan();

  /// Whether it has an end in our own namespace.
  boolean hasFar();

  /// In words, for the report.
  String note();

  /// Joins the loaded programs to the device.
  void connect(Function<String, BpfProgram> programs, Function<String, BpfMap> maps);

  /// Waits until what is on the device has left it, no longer than the longest delay.
  void drain();

  /// Removes the device; what still waits is lost.
  @Override
  void close();
}
