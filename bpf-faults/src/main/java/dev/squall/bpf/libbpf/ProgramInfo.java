// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.libbpf;

import java.util.List;

/// What the kernel knows of a program.
///
/// @param id its number, unique on this machine until the next boot
/// @param type the `enum bpf_prog_type`; 3 is a traffic classifier
/// @param name at most 15 bytes
/// @param mapIds the maps that it uses
public record ProgramInfo(int id, int type, String name, List<Integer> mapIds) {
  public ProgramInfo {
    mapIds = List.copyOf(mapIds);
  }
}
