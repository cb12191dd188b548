// SPDX-License-Identifier: Apache-2.0
package dev.squall.target;

import java.net.InetAddress;
import java.util.List;

/// Finds the addresses of a host name: a port of the domain, because names are resolved on the
/// caller's network and not in the target's namespace.
public interface NameResolver {

  /// All IPv4 and IPv6 addresses of the name, at least one.
  ///
  /// A name without addresses is refused with a `FaultException` of kind `USER`.
  List<InetAddress> resolve(String name);
}
