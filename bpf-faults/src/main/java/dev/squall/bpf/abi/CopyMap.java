// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.abi;

/// `squall_copies`: packets that pass the hook once more. Only the kernel looks inside.
public final class CopyMap {
  public static final String NAME = "squall_copies";

  static final Struct COPY = new Struct("squall_copy");

  static {
    COPY.u64("rules");
    COPY.u32("mark");
    COPY.u16("direction");
    COPY.u16("is_segment");
  }

  private CopyMap() {}
}
