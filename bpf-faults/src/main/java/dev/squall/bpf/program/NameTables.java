// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.program;

import dev.squall.bpf.abi.NameMaps.Entry;
import dev.squall.target.NamePattern;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Name patterns, ready for the tries. A trie finds the longest beginning only, so each carries the
/// rules of all that are a beginning of it.
final class NameTables {
  private final Map<String, Masks> names = new TreeMap<>();
  private final Map<String, Masks> endings = new TreeMap<>();

  void add(NamePattern pattern, Masks rules) {
    if (!pattern.suffix().isEmpty()) {
      String backwards = new StringBuilder(pattern.suffix()).reverse().toString();
      endings.merge(backwards, rules, Masks::or);
    } else {
      names.merge(pattern.prefix() + (pattern.isExact() ? "\0" : ""), rules, Masks::or);
    }
  }

  List<Entry> names() {
    return entries(names);
  }

  List<Entry> endings() {
    return entries(endings);
  }

  private static List<Entry> entries(Map<String, Masks> texts) {
    return texts.keySet().stream().map(text -> entry(text, texts)).toList();
  }

  private static Entry entry(String text, Map<String, Masks> texts) {
    Masks all =
        texts.entrySet().stream()
            .filter(other -> text.startsWith(other.getKey()))
            .map(Map.Entry::getValue)
            .reduce(Masks.NONE, Masks::or);
    return new Entry(text, all.egress(), all.ingress());
  }
}
