// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import dev.squall.fault.FaultException;
import dev.squall.target.NameResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Asks the resolver of the operating system, for A and AAAA records alike.
final class SystemNameResolver implements NameResolver {
  @Override
  public List<InetAddress> resolve(String name) {
    try {
      return List.of(InetAddress.getAllByName(name));
    } catch (UnknownHostException unknown) {
      throw new FaultException(
          FaultException.Kind.USER,
          "peer %s: no address is known for this name here; check it, or give the address itself"
              .formatted(name),
          unknown);
    }
  }
}
