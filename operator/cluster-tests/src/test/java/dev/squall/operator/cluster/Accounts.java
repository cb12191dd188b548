// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/// Clients that are somebody else than the administrator.
record Accounts(Cluster cluster) {
  /// A user, or the account of a service by its full name.
  KubernetesClient user(String name) {
    return client(administrator().withImpersonateUsername(name).build());
  }

  /// What runs in a pod: its token names the pod and its node.
  KubernetesClient ofPod(Pod pod, String account) {
    cluster.client().resource(pod).serverSideApply();
    CommandResult token =
        cluster.kubectl(
            "create",
            "token",
            account,
            "--namespace=" + pod.getMetadata().getNamespace(),
            "--bound-object-kind=Pod",
            "--bound-object-name=" + pod.getMetadata().getName());
    return client(
        administrator()
            .withClientCertData(null)
            .withClientCertFile(null)
            .withClientKeyData(null)
            .withClientKeyFile(null)
            .withOauthToken(token.successful().text())
            .build());
  }

  /// Lets a user write experiments in a namespace, and disturb its pods.
  void mayEdit(String user, String namespace) {
    cluster
        .client()
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(user)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "squall-edit")
                .addNewSubject("rbac.authorization.k8s.io", "User", user, null)
                .build())
        .create();
  }

  private ConfigBuilder administrator() {
    return new ConfigBuilder(cluster.client().getConfiguration());
  }

  private static KubernetesClient client(Config config) {
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
