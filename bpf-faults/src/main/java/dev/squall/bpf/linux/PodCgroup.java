// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the UID of a pod out of the control group that one of its processes is in.
///
/// | cgroup driver | cgroup |
/// |---|---|
/// | cgroupfs | `/kubepods/burstable/podUID/…` |
/// | systemd | `/kubepods.slice/…/kubepods-burstable-podUID.slice/…`, the UID with `_` for `-` |
/// | systemd for the kubelet, cgroupfs for containerd | `…/kubepods-podUID.slice:cri-containerd:ID` |
///
/// Whoever reads in a cgroup namespace of its own sees the others' as `/../../podUID/…`. The UID of
/// a static pod is 32 hexadecimal digits, its `kubernetes.io/config.hash`. The monitor that CRI-O
/// runs beside a container (`crio-conmon-ID`) has the network of the host.
final class PodCgroup {
  private static final Pattern POD =
      Pattern.compile(
          "(?<=^|[/-])pod(?<uid>[0-9a-f]{8}([-_][0-9a-f]{4}){3}[-_][0-9a-f]{12}|[0-9a-f]{32})"
              + "(\\.slice)?(?=[/:]|$)");

  private PodCgroup() {}

  /// Finds the pod in what the kernel says of a process.
  ///
  /// @param cgroups the text of /proc/PID/cgroup
  /// @return the UID of the innermost pod that the process is in, or null
  static @Nullable String uid(String cgroups) {
    for (String line : cgroups.lines().toList()) {
      String path = line.substring(line.indexOf('/') + 1);
      if (path.contains("crio-conmon-")) {
        return null;
      }
      if (path.contains("kubepods") || path.startsWith("..")) {
        String uid = innermost(path);
        if (uid != null) {
          return uid;
        }
      }
    }
    return null;
  }

  private static @Nullable String innermost(String path) {
    Matcher matcher = POD.matcher(path);
    String last = null;
    while (matcher.find()) {
      last = matcher.group("uid").replace('_', '-');
    }
    return last;
  }
}
