// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The types of objects that the verbs touch, and where the API server keeps them.
///
/// They are listed in the order in which an uninstallation removes them: nobody writes experiments
/// any more before these go, and what stands on something else goes before it.
public enum ObjectType {
  DEPLOYMENT("apps/v1", "Deployment", "deployments", true),
  DAEMON_SET("apps/v1", "DaemonSet", "daemonsets", true),
  SERVICE("v1", "Service", "services", true),
  CONFIG_MAP("v1", "ConfigMap", "configmaps", true),
  LEASE("coordination.k8s.io/v1", "Lease", "leases", true),
  DISRUPTION_BUDGET("policy/v1", "PodDisruptionBudget", "poddisruptionbudgets", true),
  ADMISSION_BINDING(
      "admissionregistration.k8s.io/v1",
      "ValidatingAdmissionPolicyBinding",
      "validatingadmissionpolicybindings",
      false),
  ADMISSION_POLICY(
      "admissionregistration.k8s.io/v1",
      "ValidatingAdmissionPolicy",
      "validatingadmissionpolicies",
      false),
  CRD("apiextensions.k8s.io/v1", "CustomResourceDefinition", "customresourcedefinitions", false),
  ROLE_BINDING("rbac.authorization.k8s.io/v1", "RoleBinding", "rolebindings", true),
  ROLE("rbac.authorization.k8s.io/v1", "Role", "roles", true),
  CLUSTER_ROLE_BINDING(
      "rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "clusterrolebindings", false),
  CLUSTER_ROLE("rbac.authorization.k8s.io/v1", "ClusterRole", "clusterroles", false),
  SERVICE_ACCOUNT("v1", "ServiceAccount", "serviceaccounts", true),
  PRIORITY_CLASS("scheduling.k8s.io/v1", "PriorityClass", "priorityclasses", false),
  NAMESPACE("v1", "Namespace", "namespaces", false),
  POD("v1", "Pod", "pods", true),
  NODE("v1", "Node", "nodes", false),
  EXPERIMENT("squall.dev/v1alpha1", "Experiment", "experiments", true),
  EXPERIMENT_SCHEDULE("squall.dev/v1alpha1", "ExperimentSchedule", "experimentschedules", true),
  SQUALL_POLICY("squall.dev/v1alpha1", "SquallPolicy", "squallpolicies", false),
  NODE_FAULT("squall.dev/v1alpha1", "NodeFault", "nodefaults", true),
  PEER_SET("squall.dev/v1alpha1", "PeerSet", "peersets", true),
  NETWORK_CHAOS("chaos-mesh.org/v1alpha1", "NetworkChaos", "networkchaos", true),
  SCHEDULE("chaos-mesh.org/v1alpha1", "Schedule", "schedules", true);

  private final String apiVersion;
  private final String kind;
  private final String plural;
  private final boolean namespaced;

  ObjectType(String apiVersion, String kind, String plural, boolean namespaced) {
    this.apiVersion = apiVersion;
    this.kind = kind;
    this.plural = plural;
    this.namespaced = namespaced;
  }

  /// The type of an object; empty when the verbs do not know it.
  public static Optional<ObjectType> of(JsonNode object) {
    return Arrays.stream(values())
        .filter(type -> type.apiVersion.equals(object.path("apiVersion").asText()))
        .filter(type -> type.kind.equals(object.path("kind").asText()))
        .findFirst();
  }

  public String apiVersion() {
    return apiVersion;
  }

  public String kind() {
    return kind;
  }

  public boolean isNamespaced() {
    return namespaced;
  }

  /// The API group; empty for the core one.
  String group() {
    return apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
  }

  /// The name in URLs and rules.
  String plural() {
    return plural;
  }

  /// As kubectl writes it: `deployment.apps`, `namespace`.
  String word() {
    String singular = kind.toLowerCase(Locale.ROOT);
    return group().isEmpty() ? singular : singular + "." + group();
  }

  /// The path of the API that serves it.
  String apiPath() {
    return (group().isEmpty() ? "/api/" : "/apis/") + apiVersion;
  }

  /// The path of its objects.
  ///
  /// @param namespace null for all of them, or where there is none
  String path(@Nullable String namespace) {
    return namespace == null || !namespaced
        ? "%s/%s".formatted(apiPath(), plural)
        : "%s/namespaces/%s/%s"
            .formatted(apiPath(), URLEncoder.encode(namespace, StandardCharsets.UTF_8), plural);
  }
}
