// SPDX-License-Identifier: Apache-2.0
package dev.squall.unit;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A size of at least one byte.
public record ByteSize(long bytes) {

  /// Regular expression of what [#parse] reads.
  public static final String SYNTAX = Quantity.NUMBER + " ?(?:[kMG]?B|[KMG]iB)";

  private enum Unit {
    B(1, 0),
    kB(1_000, 0),
    MB(1_000_000, 0),
    GB(1_000_000_000, 0),
    KiB(1L << 10, 1),
    MiB(1L << 20, 1),
    GiB(1L << 30, 1);

    private final long bytes;

    /// How many digits after the point a size in this unit may have when it is written.
    private final int digits;

    Unit(long bytes, int digits) {
      this.bytes = bytes;
      this.digits = digits;
    }

    static @Nullable Unit of(String text) {
      return Stream.of(values()).filter(unit -> unit.name().equals(text)).findFirst().orElse(null);
    }

    boolean suits(long size) {
      return this != B && size >= bytes && number(size).stripTrailingZeros().scale() <= digits;
    }

    String write(long size) {
      return Quantity.text(number(size)) + this;
    }

    private BigDecimal number(long size) {
      return BigDecimal.valueOf(size).divide(BigDecimal.valueOf(bytes));
    }
  }

  public ByteSize {
    if (bytes < 1) {
      throw refused(bytes + "B");
    }
  }

  /// Reads `1500B`, `64kB`, `1.5KiB`: a kB is 1,000 bytes, a KiB 1,024.
  public static ByteSize parse(String text) {
    Quantity quantity = Quantity.of(text);
    Unit unit = quantity == null ? null : Unit.of(quantity.unit());
    Long bytes = quantity == null || unit == null ? null : quantity.times(unit.bytes);
    if (bytes == null) {
      throw refused(text);
    }
    return new ByteSize(bytes);
  }

  /// A text that [#parse] reads, in the unit that makes it shortest: `1.5KiB`, `64kB`, `1500B`.
  /// Single bytes are counted only where no other unit gives a round number.
  @Override
  public String toString() {
    return Stream.of(Unit.values())
        .filter(unit -> unit.suits(bytes))
        .map(unit -> unit.write(bytes))
        .min(Comparator.comparingInt(String::length))
        .orElseGet(() -> Unit.B.write(bytes));
  }

  private static IllegalArgumentException refused(String text) {
    return new IllegalArgumentException(
        text
            + ": a size is a whole number of bytes, at least 1B, as in 1500B, 64kB, 1.5KiB or 1MiB"
            + " (units B, kB, MB, GB, KiB, MiB, GiB)");
  }
}
