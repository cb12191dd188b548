// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.run;

import dev.squall.operator.controller.plan.NameAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks the name service of the controller's pod.
public final class HostNames implements NameAddresses, AutoCloseable {
  private final Refreshed<String, List<InetAddress>> names;

  /// @param changed is called when a name has other addresses than before
  public HostNames(Runnable changed) {
    this.names = new Refreshed<>("host-names", HostNames::resolve, List.of(), changed);
  }

  @Override
  public @Nullable List<InetAddress> find(String name) {
    return names.find(name);
  }

  @Override
  public void close() {
    names.close();
  }

  /// Java tells no name from no answer; a name that is gone is believed in for some minutes.
  private static @Nullable List<InetAddress> resolve(String name) {
    try {
      return Arrays.stream(InetAddress.getAllByName(name))
          .sorted(Comparator.comparing(InetAddress::getHostAddress))
          .toList();
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
