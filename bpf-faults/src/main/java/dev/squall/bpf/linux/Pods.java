// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import dev.squall.fault.FaultException;
import dev.squall.fault.FaultException.Kind;
import dev.squall.target.Target;

/// The pods of Kubernetes that run on this host, found by the control groups of their processes, so
/// that no container runtime has to be asked.
public final class Pods {
  private static final int INIT = 1;

  private Pods() {}

  /// The network namespace of a pod.
  ///
  /// @throws FaultException of kind USER when no process of the pod runs here, or when the pod has
  ///   the network of the host: a fault there would hit every such pod and the host itself
  public static NetworkNamespace open(Target.Pod pod) {
    Integer pid = Processes.firstOfEach(PodCgroup::uid).get(pod.uid());
    if (pid == null) {
      throw absent(pod);
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
