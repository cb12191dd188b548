// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.plan;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What host names stand for at the moment.
public interface NameAddresses {
  /// The addresses of a name, IPv4 and IPv6; empty: it has none; null: not known yet.
  @Nullable List<InetAddress> find(String name);
}
