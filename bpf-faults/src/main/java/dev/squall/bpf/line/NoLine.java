// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.line;

import dev.squall.bpf.abi.LineMaps;
import dev.squall.bpf.libbpf.BpfMap;
import dev.squall.bpf.libbpf.BpfProgram;
import dev.squall.bpf.program.WaitPlan;
import java.util.function.Function;

/// For experiments that delay nothing.
public record NoLine() implements DelayLine {
  @Override
  public int kind() {
    return LineMaps.NO_LINE;
  }

  @Override
  public WaitPlan plan() {
    return WaitPlan.none();
  }

  @Override
  public boolean hasFar() {
    return false;
  }

  @Override
  public String note() {
    return "";
  }

  @Override
  public void connect(Function<String, BpfProgram> programs, Function<String, BpfMap> maps) {}

  @Override
  public void drain() {}

  @Override
  public void close() {}
}
