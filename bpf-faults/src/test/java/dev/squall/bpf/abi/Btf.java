// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.abi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The structs and enums that a compiled BPF object describes in its `.BTF` section (the kernel's
/// Documentation/bpf/btf.rst), as far as a comparison of layouts needs them.
final class Btf {
  private static final int MAGIC = 0xeb9f;

  private static final int INT = 1;
  private static final int POINTER = 2;
  private static final int ARRAY = 3;
  private static final int STRUCT = 4;
  private static final int UNION = 5;
  private static final int ENUM = 6;
  private static final int TYPEDEF = 8;
  private static final int RESTRICT = 11;
  private static final int FUNCTION_PROTOTYPE = 13;
  private static final int VARIABLE = 14;
  private static final int SECTION = 15;
  private static final int DECLARATION_TAG = 17;
  private static final int ENUM64 = 19;

  private final ByteBuffer types;
  private final ByteBuffer strings;
  private final List<Integer> offsets = new ArrayList<>(List.of(0));

  private Btf(ByteBuffer section) {
    if (Short.toUnsignedInt(section.getShort(0)) != MAGIC) {
      throw new IllegalArgumentException("this section is not BTF");
    }
    int header = section.getInt(4);
    types = slice(section, header + section.getInt(8), section.getInt(12));
    strings = slice(section, header + section.getInt(16), section.getInt(20));
    for (int at = 0; at < types.limit(); at += length(at)) {
      offsets.add(at);
    }
  }

  /// @param elementSize bytes of one element
  /// @param count 1, or the length of an array
  record Member(String name, long offset, long elementSize, int count) {}

  record Layout(String name, long size, List<Member> members) {}

  /// Reads an ELF file of this machine's byte order.
  static Btf read(Path object) {
    try {
      ByteBuffer elf = ByteBuffer.wrap(Files.readAllBytes(object)).order(ByteOrder.nativeOrder());
      return new Btf(section(elf, ".BTF"));
    } catch (IOException e) {
      throw new IllegalStateException(object + " cannot be read: build the module first", e);
    }
  }

  private static ByteBuffer section(ByteBuffer elf, String name) {
    int headers = (int) elf.getLong(40);
    int count = elf.getShort(60);
    ByteBuffer names = content(elf, headers + 64 * elf.getShort(62));
    for (int i = 0; i < count; i++) {
      int header = headers + 64 * i;
      if (text(names, elf.getInt(header)).equals(name)) {
        return content(elf, header);
      }
    }
    throw new IllegalArgumentException("the object has no section " + name);
  }

  private static ByteBuffer content(ByteBuffer elf, int header) {
    return slice(elf, (int) elf.getLong(header + 24), (int) elf.getLong(header + 32));
  }

  private static ByteBuffer slice(ByteBuffer buffer, int offset, int length) {
    return buffer.slice(offset, length).order(ByteOrder.nativeOrder());
  }

  private static String text(ByteBuffer table, int offset) {
    int end = offset;
    while (table.get(end) != 0) {
      end++;
    }
    byte[] bytes = new byte[end - offset];
    table.get(offset, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /// Every named struct, by its name.
  Map<String, Layout> structs() {
    Map<String, Layout> structs = new LinkedHashMap<>();
    for (int at : offsets) {
      if (kind(at) == STRUCT && !name(at).isEmpty()) {
        structs.put(name(at), new Layout(name(at), types.getInt(at + 8), members(at)));
      }
    }
    return structs;
  }

  Layout struct(String name) {
    return Objects.requireNonNull(structs().get(name), name);
  }

  private List<Member> members(int struct) {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < count(struct); i++) {
      int at = struct + 12 + 12 * i;
      int type = resolve(offsets.get(types.getInt(at + 4)));
      boolean array = kind(type) == ARRAY;
      int element = array ? resolve(offsets.get(types.getInt(type + 12))) : type;
      int elements = array ? types.getInt(type + 20) : 1;
      String name = text(strings, types.getInt(at));
      members.add(new Member(name, types.getInt(at + 8) / 8, size(element), elements));
    }
    return members;
  }

  private long size(int type) {
    return kind(type) == POINTER ? Long.BYTES : types.getInt(type + 8);
  }

  /// Without the typedefs and qualifiers in front of a type.
  private int resolve(int type) {
    int at = type;
    while (kind(at) >= TYPEDEF && kind(at) <= RESTRICT) {
      at = offsets.get(types.getInt(at + 8));
    }
    return at;
  }

  /// The enumerators of every named enum, by its name.
  Map<String, Map<String, Integer>> enums() {
    Map<String, Map<String, Integer>> enums = new LinkedHashMap<>();
    for (int at : offsets) {
      if (kind(at) == ENUM) {
        Map<String, Integer> values = new LinkedHashMap<>();
        for (int i = 0; i < count(at); i++) {
          int value = at + 12 + 8 * i;
          values.put(text(strings, types.getInt(value)), types.getInt(value + 4));
        }
        enums.put(name(at), values);
      }
    }
    return enums;
  }

  private String name(int type) {
    return text(strings, types.getInt(type));
  }

  private int kind(int type) {
    return types.getInt(type + 4) >> 24 & 0x1f;
  }

  private int count(int type) {
    return types.getInt(type + 4) & 0xffff;
  }

  private int length(int type) {
    int count = count(type);
    return 12
        + switch (kind(type)) {
          case INT, VARIABLE, DECLARATION_TAG -> 4;
          case ARRAY -> 12;
          case STRUCT, UNION, SECTION, ENUM64 -> 12 * count;
          case ENUM, FUNCTION_PROTOTYPE -> 8 * count;
          default -> 0;
        };
  }
}
