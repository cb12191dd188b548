// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment;

import dev.squall.fault.Distribution;
import dev.squall.fault.DistributionTable;
import dev.squall.fault.NamedDistribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/// Distributions with a name, and tables in files that are there as long as this process.
final class ArbitraryDistributions {

  private static final List<Distribution> ALL =
      new ArrayList<>(List.of(NamedDistribution.values()));

  static {
    try {
      Path folder = Files.createTempDirectory("squall");
      folder.toFile().deleteOnExit();
      ALL.add(table(folder.resolve("mine.dist"), List.of((short) -8192, (short) 0, (short) 8192)));
      ALL.add(table(folder.resolve("a: 'b' #\"c\""), List.of(Short.MIN_VALUE, Short.MAX_VALUE)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ArbitraryDistributions() {}

  static Arbitrary<Distribution> distributions() {
    return Arbitraries.of(ALL);
  }

  private static DistributionTable table(Path file, List<Short> values) throws IOException {
    String words = values.stream().map(Object::toString).collect(Collectors.joining(" "));
    Files.writeString(file, words);
    file.toFile().deleteOnExit();
    return new DistributionTable(file.toString(), values);
  }
}
