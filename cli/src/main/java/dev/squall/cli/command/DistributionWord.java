// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.command;

import dev.squall.experiment.file.DistributionText;
import dev.squall.fault.Distribution;
import dev.squall.fault.NamedDistribution;
import java.util.Iterator;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;

/// What may follow `--distribution`: the path of a table, or one of the names that it lists, in
/// letters of any case as in all options.
final class DistributionWord implements ITypeConverter<Distribution>, Iterable<String> {
  @Override
  public Distribution convert(String word) {
    return Stream.of(NamedDistribution.values())
        .filter(named -> named.name().equalsIgnoreCase(word))
        .map(Distribution.class::cast)
        .findFirst()
        .orElseGet(() -> DistributionText.parse(word));
  }

  @Override
  public Iterator<String> iterator() {
    return Stream.of(NamedDistribution.values()).map(Object::toString).iterator();
  }
}
