// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.run;

import dev.squall.experiment.cluster.ClusterPeer;
import dev.squall.operator.controller.plan.RouteServices;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads routes from the API server. A cluster without the Gateway API has none.
public final class GatewayRoutes implements RouteServices, AutoCloseable {
  private final Refreshed<ClusterPeer.Route, List<ClusterPeer.Service>> routes;

  /// @param changed is called when other Services stand behind a route than before
  public GatewayRoutes(KubernetesClient client, Runnable changed) {
    this.routes =
        new Refreshed<>("gateway-routes", route -> read(client, route), List.of(), changed);
  }

  @Override
  public @Nullable List<ClusterPeer.Service> find(ClusterPeer.Route route) {
    return routes.find(route);
  }

  @Override
  public void close() {
    routes.close();
  }

  private static @Nullable List<ClusterPeer.Service> read(
      KubernetesClient client, ClusterPeer.Route route) {
    try {
      GenericKubernetesResource found =
          client
              .genericKubernetesResources(context(route.kind()))
              .inNamespace(route.namespace())
              .withName(route.name())
              .get();
      return found == null ? List.of() : services(found, route.namespace());
    } catch (KubernetesClientException e) {
      return null;
    }
  }

  private static ResourceDefinitionContext context(String kind) {
    return new ResourceDefinitionContext.Builder()
        .withGroup("gateway.networking.k8s.io")
        .withVersion("v1")
        .withKind(kind)
        .withPlural(kind.toLowerCase(Locale.ROOT) + "s")
        .withNamespaced(true)
        .build();
  }

  /// A reference without a kind is one to a Service, without a namespace one to the route's own.
  static List<ClusterPeer.Service> services(GenericKubernetesResource route, String namespace) {
    List<ClusterPeer.Service> services = new ArrayList<>();
    for (Object rule : list(route.get("spec", "rules"))) {
      for (Object reference : list(rule instanceof Map<?, ?> map ? map.get("backendRefs") : null)) {
        if (reference instanceof Map<?, ?> map && map.get("name") instanceof String name) {
          boolean isService = map.get("kind") == null || "Service".equals(map.get("kind"));
          String where = map.get("namespace") instanceof String other ? other : namespace;
          if (isService) {
            services.add(new ClusterPeer.Service(where, name));
          }
        }
      }
    }
    return services.stream().distinct().toList();
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }
}
