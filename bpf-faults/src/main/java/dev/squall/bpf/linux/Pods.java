// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import dev.squall.fault.FaultException;
import dev.squall.fault.FaultException.Kind;
import dev.squall.target.Target;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/// The pods of Kubernetes that run on this host, found by the control groups of their processes, so
/// that no container runtime has to be asked.
public final class Pods {
  private static final int INIT = 1;

  private Pods() {}

  /// The network namespace of a pod.
  ///
  /// @throws FaultException of kind USER when no process of the pod runs here, when the pod has the
  ///   network of the host (a fault there would hit every such pod and the host itself), or when it
  ///   runs in a kernel of its own
  public static NetworkNamespace open(Target.Pod pod) {
    Integer pid = Processes.firstOfEach(PodCgroup::uid).get(pod.uid());
    if (pid == null) {
      throw absent(pod);
    }
    String runtime = SandboxedRuntime.of(Processes.commandLine(pid));
    if (runtime != null) {
      throw new FaultException(
          Kind.USER,
          "%s runs in %s, whose packets do not pass through this kernel as the pod sees them"
              .formatted(pod.describe(), runtime));
    }
    NetworkNamespace namespace = NetworkNamespace.pid(pid);
    try {
      requireOwn(pod, namespace);
      // Another process may have got the number in the meantime.
      if (!pod.uid().equals(PodCgroup.uid(Processes.cgroups(pid)))) {
        throw absent(pod);
      }
      return namespace;
    } catch (RuntimeException | Error e) {
      namespace.close();
      throw e;
    }
  }

  /// The networks of all pods that run here, by the pods' UIDs; pods that use the network of the
  /// host too. One look at all processes, some milliseconds for a hundred pods.
  public static Map<String, Network> networks() {
    Map<String, Network> networks = new TreeMap<>();
    Duration uptime = Processes.uptime();
    Processes.firstOfEach(PodCgroup::uid)
        .forEach(
            (uid, pid) -> {
              OptionalLong started = Processes.startTime(pid);
              OptionalLong namespace = NetworkNamespace.inodeOf(pid);
              if (started.isPresent() && namespace.isPresent()) {
                Duration age = uptime.minus(Processes.duration(started.getAsLong()));
                networks.put(uid, new Network(namespace.getAsLong(), age));
              }
            });
    return networks;
  }

  /// A pod's network.
  ///
  /// @param namespace as [NetworkNamespace#inode]; the kernel gives the number again when it is
  ///   free
  /// @param age of the pod's first process
  public record Network(long namespace, Duration age) {}

  private static void requireOwn(Target.Pod pod, NetworkNamespace namespace) {
    try (NetworkNamespace host = NetworkNamespace.pid(INIT)) {
      if (host.inode() == namespace.inode()) {
        throw new FaultException(
            Kind.USER,
            pod.describe()
                + " uses the network of its host (hostNetwork): a fault would hit all of the host;"
                + " choose a pod with a network of its own");
      }
    }
  }

  private static FaultException absent(Target.Pod pod) {
    return new FaultException(
        Kind.USER, pod.describe() + ": none of its processes runs on this host");
  }
}
