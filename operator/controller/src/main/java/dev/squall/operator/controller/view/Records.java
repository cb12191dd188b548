// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.view;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes records of objects.
final class Records {
  private static final String TEMPLATE_HASH = "pod-template-hash";

  private final Interner interner = new Interner();

  PodRecord pod(SlimPod pod) {
    ObjectMeta metadata = pod.getMetadata();
    SlimPod.Spec spec = pod.getSpec();
    SlimPod.Status status = pod.getStatus();
    return new PodRecord(
        new PodRecord.Identity(
            interner.intern(metadata.getNamespace()),
            metadata.getName(),
            UUID.fromString(metadata.getUid())),
        interner.internMap(orEmpty(metadata.getLabels())),
        interner.internMap(orEmpty(metadata.getAnnotations())),
        new PodRecord.State(
            interner.intern(orEmpty(status.phase())),
            orEmpty(status.podIPs()).stream().map(SlimPod.Address::ip).toList(),
            metadata.getDeletionTimestamp() != null),
        interner.intern(
            new PodRecord.Traits(
                orEmpty(spec.nodeName()),
                Boolean.TRUE.equals(spec.hostNetwork()),
                workload(metadata),
                interner.intern(
                    new PodRecord.Settings(
                        orEmpty(spec.serviceAccountName()),
                        orEmpty(spec.restartPolicy()),
                        orEmpty(spec.schedulerName()),
                        orEmpty(status.nominatedNodeName()))))));
  }

  NamespaceRecord namespace(Namespace namespace) {
    ObjectMeta metadata = namespace.getMetadata();
    return new NamespaceRecord(
        metadata.getName(),
        interner.internMap(orEmpty(metadata.getLabels())),
        interner.internMap(orEmpty(metadata.getAnnotations())));
  }

  NodeRecord node(Node node) {
    return new NodeRecord(
        node.getMetadata().getName(), interner.internMap(orEmpty(node.getMetadata().getLabels())));
  }

  ServiceRecord service(Service service) {
    ServiceSpec spec = service.getSpec();
    List<LoadBalancerIngress> ends =
        service.getStatus() == null || service.getStatus().getLoadBalancer() == null
            ? List.of()
            : orEmpty(service.getStatus().getLoadBalancer().getIngress());
    List<String> addresses =
        Stream.of(
                orEmpty(spec.getClusterIPs()).stream().filter(address -> !address.equals("None")),
                orEmpty(spec.getExternalIPs()).stream(),
                ends.stream().map(LoadBalancerIngress::getIp).filter(Objects::nonNull))
            .flatMap(some -> some)
            .distinct()
            .toList();
    List<String> names =
        Stream.concat(
                Stream.ofNullable(spec.getExternalName()),
                ends.stream().map(LoadBalancerIngress::getHostname).filter(Objects::nonNull))
            .toList();
    return new ServiceRecord(
        interner.intern(service.getMetadata().getNamespace()),
        service.getMetadata().getName(),
        interner.internMap(orEmpty(spec.getSelector())),
        addresses,
        names);
  }

  /// A Deployment makes a ReplicaSet for each of its versions; they are one workload.
  private static String workload(ObjectMeta metadata) {
    List<OwnerReference> owners = orEmpty(metadata.getOwnerReferences());
    if (owners.isEmpty()) {
      return "";
    }
    OwnerReference owner = owners.getFirst();
    String hash = orEmpty(metadata.getLabels()).get(TEMPLATE_HASH);
    String suffix = "-" + hash;
    return hash != null && owner.getName().endsWith(suffix)
        ? "Deployment " + owner.getName().substring(0, owner.getName().length() - suffix.length())
        : owner.getKind() + " " + owner.getName();
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
    return map == null ? Map.of() : map;
  }
}
