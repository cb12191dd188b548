// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.view;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What is kept of a pod.
///
/// @param annotations those with a value of at most [#LONGEST_ANNOTATION] characters
public record PodRecord(
    Identity identity,
    Map<String, String> labels,
    Map<String, String> annotations,
    State state,
    Traits traits) {

  /// Longer annotations are not kept, and selectors cannot ask for them.
  public static final int LONGEST_ANNOTATION = 63;

  /// By namespace and name.
  public static final Comparator<PodRecord> BY_NAME =
      Comparator.comparing((PodRecord pod) -> pod.identity().namespace())
          .thenComparing(pod -> pod.identity().name());

  private static final String MIRROR = "kubernetes.io/config.mirror";
  private static final String CONFIG_HASH = "kubernetes.io/config.hash";

  /// Which pod: one of the same name that comes later has another UID.
  public record Identity(String namespace, String name, UUID uid) {
    /// `NAMESPACE/NAME`.
    public String path() {
      return namespace + "/" + name;
    }
  }

  /// What changes in a pod's life.
  ///
  /// @param phase such as `Running`
  /// @param addresses IPv4 and IPv6, the main one first
  /// @param terminating whether it has been deleted and is ending
  public record State(String phase, List<String> addresses, boolean terminating) {
    /// Whether all its containers have ended for good: it stays only to be looked at, and its
    /// addresses may be another's.
    public boolean hasEnded() {
      return phase.equals("Succeeded") || phase.equals("Failed");
    }
  }

  /// What many pods share.
  ///
  /// @param node empty when the pod has none yet
  /// @param workload what made it, as `ReplicaSet web-5d4f`; empty for a pod of its own
  public record Traits(String node, boolean hostNetwork, String workload, Settings settings) {}

  /// What a field selector can ask for.
  public record Settings(
      String serviceAccount, String restartPolicy, String scheduler, String nominatedNode) {}

  /// The UID by which the node knows the pod: that of a static pod is the hash of its file.
  public String uidOnNode() {
    String hash = annotations.get(CONFIG_HASH);
    return hash != null && annotations.containsKey(MIRROR) ? hash : identity.uid().toString();
  }
}
