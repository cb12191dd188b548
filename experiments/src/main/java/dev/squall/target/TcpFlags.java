// SPDX-License-Identifier: Apache-2.0
package dev.squall.target;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The TCP flags that a packet must have and those it must not have; it may have any other.
///
/// @param set flags that must be set
/// @param clear flags that must not be set
public record TcpFlags(Set<TcpFlag> set, Set<TcpFlag> clear) {

  public TcpFlags {
    set = copy(set);
    clear = copy(clear);
    if (set.isEmpty() && clear.isEmpty()) {
      throw new IllegalArgumentException("TCP flags are missing: name at least one, such as syn");
    }
    for (TcpFlag flag : set) {
      if (clear.contains(flag)) {
        throw new IllegalArgumentException(flag + ": a TCP flag cannot be both set and clear");
      }
    }
  }

  /// Builds the condition from words: `syn` must be set, `!ack` must not be set.
  public static TcpFlags parse(List<String> words) {
    Set<TcpFlag> set = EnumSet.noneOf(TcpFlag.class);
    Set<TcpFlag> clear = EnumSet.noneOf(TcpFlag.class);
    for (String word : words) {
      boolean negated = word.startsWith("!");
      (negated ? clear : set).add(flag(negated ? word.substring(1) : word));
    }
    return new TcpFlags(set, clear);
  }

  /// The words that [#parse] reads, in the order of the header.
  public List<String> words() {
    List<String> words = new ArrayList<>();
    set.forEach(flag -> words.add(flag.toString()));
    clear.forEach(flag -> words.add("!" + flag));
    return words;
  }

  /// The bits that must be set, as in the flag byte of the header.
  public int setBits() {
    return bits(set);
  }

  /// The bits that must not be set, as in the flag byte of the header.
  public int clearBits() {
    return bits(clear);
  }

  @Override
  public String toString() {
    return String.join(",", words());
  }

  private static TcpFlag flag(String word) {
    return Stream.of(TcpFlag.values())
        .filter(flag -> flag.toString().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    word + ": a TCP flag is one of fin, syn, rst, psh, ack, urg, ece, cwr"));
  }

  private static Set<TcpFlag> copy(Set<TcpFlag> flags) {
    Set<TcpFlag> copy = EnumSet.noneOf(TcpFlag.class);
    copy.addAll(flags);
    return Collections.unmodifiableSet(copy);
  }

  private static int bits(Set<TcpFlag> flags) {
    return flags.stream().mapToInt(TcpFlag::bit).sum();
  }
}
