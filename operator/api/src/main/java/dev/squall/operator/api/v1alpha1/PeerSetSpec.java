// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import java.util.List;

/// Addresses.
///
/// @param addresses addresses and prefixes, at most [#MOST]; none means that nobody is a peer
public record PeerSetSpec(List<String> addresses) {
  /// How many fit into one object.
  public static final int MOST = 10_000;

  static final PeerSetSpec EMPTY = new PeerSetSpec(List.of());

  public PeerSetSpec {
    addresses = addresses == null ? List.of() : List.copyOf(addresses);
  }
}
