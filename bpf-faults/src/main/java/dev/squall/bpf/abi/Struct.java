// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.abi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The layout of one struct of `fault_abi.h`, told member by member in the order of the header. The
/// header leaves no holes, so an offset is the sum of the sizes before it; a test compares every
/// name, offset and size with the BTF of the compiled object.
public final class Struct {
  private final String name;
  private final List<Field> fields = new ArrayList<>();
  private long size;

  Struct(String name) {
    this.name = name;
  }

  /// As in the header, without `struct`.
  public String name() {
    return name;
  }

  /// In bytes.
  public long size() {
    return size;
  }

  /// In the order of the header.
  public List<Field> fields() {
    return Collections.unmodifiableList(fields);
  }

  Field u64(String member) {
    return add(member, 8, 1);
  }

  Field u64s(String member, int count) {
    return add(member, 8, count);
  }

  Field u32(String member) {
    return add(member, 4, 1);
  }

  Field u16(String member) {
    return add(member, 2, 1);
  }

  Field u8(String member) {
    return add(member, 1, 1);
  }

  Field bytes(String member, int count) {
    return add(member, 1, count);
  }

  Field structs(String member, Struct element, int count) {
    return add(member, element.size, count);
  }

  private Field add(String member, long elementSize, int count) {
    Field field = new Field(member, size, elementSize, count);
    fields.add(field);
    size += field.size();
    return field;
  }
}
