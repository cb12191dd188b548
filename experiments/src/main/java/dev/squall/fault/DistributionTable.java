// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import java.util.List;

/// A distribution as netem's table files have it: values that are equally likely, 0 for the
/// latency. Their unit means nothing here, as the jitter says how large their standard deviation
/// is; to netem 8192 is one jitter.
///
/// @param file the path of the file, as the user wrote it
/// @param values at least two different ones and at most [#MOST], ascending; given in any order
public record DistributionTable(String file, List<Short> values) implements Distribution {

  /// As many as netem takes.
  public static final int MOST = 16_384;

  public DistributionTable {
    if (values.isEmpty()) {
      throw new IllegalArgumentException(file + ": this table holds no value");
    }
    if (values.size() > MOST) {
      throw new IllegalArgumentException(
          "%s: this table holds %d values, at most %d are possible"
              .formatted(file, values.size(), MOST));
    }
    values = values.stream().sorted().toList();
    if (values.getFirst().equals(values.getLast())) {
      throw new IllegalArgumentException(
          file + ": all values of this table are equal, which would be no jitter");
    }
  }

  @Override
  public String toString() {
    return file;
  }
}
