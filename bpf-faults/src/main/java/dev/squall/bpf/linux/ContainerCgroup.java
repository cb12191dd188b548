// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the ID of a container out of the control group that one of its processes is in.
///
/// | runtime | cgroup |
/// |---|---|
/// | Docker | `/docker/ID`, `/system.slice/docker-ID.scope` |
/// | containerd in Kubernetes | `…/podUID/ID`, `…/cri-containerd-ID.scope` |
/// | CRI-O | `…/crio-ID.scope`, `…/podUID/crio-ID` |
/// | Podman | `/machine.slice/libpod-ID.scope/container`, `/libpod_parent/libpod-ID` |
/// | nerdctl | `/system.slice/nerdctl-ID.scope` |
///
/// An ID is 64 hexadecimal digits. The monitor that CRI-O and Podman run beside a container
/// (`crio-conmon-ID`, `libpod-conmon-ID`) is not in it.
final class ContainerCgroup {
  private static final Pattern COMPONENT =
      Pattern.compile("(?<runtime>[a-z_-]*?-?)(?<id>[0-9a-f]{64})(\\.scope)?");

  private ContainerCgroup() {}

  /// Finds the container in what the kernel says of a process.
  ///
  /// @param cgroups the text of /proc/PID/cgroup
  /// @return the ID of the innermost container that the process is in, or null
  static @Nullable String containerId(String cgroups) {
    for (String line : cgroups.lines().toList()) {
      String id = innermost(line.substring(line.lastIndexOf(':') + 1));
      if (id != null) {
        return id;
      }
    }
    return null;
  }

  private static @Nullable String innermost(String path) {
    List<String> components = List.of(path.split("/"));
    for (String component : components.reversed()) {
      Matcher matcher = COMPONENT.matcher(component);
      if (matcher.matches()) {
        return matcher.group("runtime").endsWith("conmon-") ? null : matcher.group("id");
      }
    }
    return null;
  }
}
