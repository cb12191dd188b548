// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// A size of at least one byte.
public record ByteSize(long bytes) {

  private enum Unit {
    GiB(1L << 30),
    MiB(1L << 20),
    KiB(1L << 10),
    GB(1_000_000_000),
    MB(1_000_000),
    kB(1_000),
    B(1);

    private final long bytes;

    Unit(long bytes) {
      this.bytes = bytes;
    }

    static @Nullable Unit of(String text) {
      for (Unit unit : values()) {
        if (unit.name().equals(text)) {
          return unit;
        }
      }
      return null;
    }

    /// Binary units are used with up to one digit after the point, decimal ones with none.
    boolean suits(long size) {
      long parts = this == GiB || this == MiB || this == KiB ? 10 : 1;
      return size >= bytes && size % bytes * parts % bytes == 0;
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

  /// A text that [#parse] reads, in the unit that gives a short number: `1.5KiB`, `1500B`, `64kB`.
  @Override
  public String toString() {
    for (Unit unit : Unit.values()) {
      if (unit.suits(bytes)) {
        BigDecimal number = BigDecimal.valueOf(bytes).divide(BigDecimal.valueOf(unit.bytes));
        return Quantity.text(number) + unit;
      }
    }
    throw new IllegalStateException("every size is a number of bytes");
  }

  private static IllegalArgumentException refused(String text) {
    return new IllegalArgumentException(
        text
            + ": a size is a whole number of bytes, at least 1B, as in 1500B, 64kB, 1.5KiB or 1MiB"
            + " (units B, kB, MB, GB, KiB, MiB, GiB)");
  }
}
