// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import dev.squall.fault.FaultException;
import dev.squall.fault.FaultException.Kind;
import java.util.Map;
import java.util.TreeMap;

/// The containers that run on this machine, found by the control groups of their processes, so that
/// no container runtime has to be asked and all of them are alike.
public final class Containers {
  private static final int SHOWN = 12;

  private Containers() {}

  /// The first process of the container that an ID, or the beginning of one, names.
  ///
  /// @param prefix lower-case hexadecimal digits
  /// @throws FaultException of kind USER when no running container or more than one fits
  public static int find(String prefix) {
    return choose(prefix, Processes.firstOfEach(ContainerCgroup::containerId));
  }

  static int choose(String prefix, Map<String, Integer> running) {
    Map<String, Integer> fitting = new TreeMap<>(running);
    fitting.keySet().removeIf(id -> !id.startsWith(prefix));
    if (fitting.size() == 1) {
      return fitting.values().iterator().next();
    }
    if (fitting.isEmpty()) {
      throw new FaultException(
          Kind.USER,
          "container %s: none that runs has an ID that begins so; `docker ps`, `podman ps` or"
                  .formatted(prefix)
              + " `crictl ps` shows those there are");
    }
    String first =
        String.join(", ", fitting.keySet().stream().limit(4).map(Containers::shorten).toList());
    throw new FaultException(
        Kind.USER,
        "container %s: this fits %d running containers: %s; give more of the ID"
            .formatted(prefix, fitting.size(), first));
  }

  private static String shorten(String id) {
    return id.substring(0, Math.min(SHOWN, id.length()));
  }
}
