// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.squall.fault.FaultException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.HttpClientUtils;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A cluster behind its API server.
///
/// Of the client only the kubeconfig and the authenticated HTTP are used: its typed half takes
/// longer to load than most verbs run.
public final class KubernetesCluster implements Cluster {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int NOT_FOUND = 404;
  private static final int PAGE = 500;
  private static final int PATIENCE_SECONDS = 15;
  private static final String PLAIN = "application/json";
  private static final String MERGE = "application/merge-patch+json";
  private static final String APPLY = "application/apply-patch+yaml";
  private static final String MANAGER = "?fieldManager=squall";

  private record Reply(int status, JsonNode body) {}

  private final Config config;
  private final HttpClient http;
  private final String server;

  private KubernetesCluster(Config config, HttpClient http) {
    this.config = config;
    this.http = http;
    this.server = config.getMasterUrl().replaceFirst("/+$", "");
  }

  /// @throws FaultException of kind `USER` when there is no such file or context
  public static Cluster connect(ClusterChoice choice) {
    Config config = Kubeconfig.read(choice);
    JdkHttpClientFactory factory = new JdkHttpClientFactory();
    HttpClient.Builder builder = factory.newBuilder();
    try {
      HttpClientUtils.applyCommonConfiguration(config, builder, factory);
    } catch (KubernetesClientException unusable) {
      throw new FaultException(
          FaultException.Kind.ENVIRONMENT,
          "the credentials in the kubeconfig cannot be used: " + Refusal.reason(unusable),
          unusable);
    }
    return new KubernetesCluster(config, builder.build());
  }

  @Override
  public String server() {
    return server;
  }

  @Override
  public String namespace() {
    return config.getNamespace() == null ? "default" : config.getNamespace();
  }

  @Override
  public JsonNode version() {
    return accepted(call("GET", "/version", null, ""));
  }

  @Override
  public boolean serves(ObjectType type) {
    Reply reply = call("GET", type.apiPath(), null, "");
    if (reply.status() == NOT_FOUND) {
      return false;
    }
    return accepted(reply).path("resources").findValuesAsText("name").contains(type.plural());
  }

  @Override
  public Optional<JsonNode> find(ObjectKey key) {
    Reply reply = call("GET", key.path(), null, "");
    return reply.status() == NOT_FOUND ? Optional.empty() : Optional.of(accepted(reply));
  }

  @Override
  public List<JsonNode> list(ObjectType type, @Nullable String namespace, String labels) {
    String path =
        "%s?limit=%d&labelSelector=%s".formatted(type.path(namespace), PAGE, encoded(labels));
    List<JsonNode> objects = new ArrayList<>();
    String next = "";
    do {
      Reply page =
          call("GET", path + (next.isEmpty() ? "" : "&continue=" + encoded(next)), null, "");
      if (page.status() == NOT_FOUND) {
        return List.of();
      }
      accepted(page).path("items").forEach(objects::add);
      next = page.body().at("/metadata/continue").asText();
    } while (!next.isEmpty());
    return objects;
  }

  @Override
  public JsonNode apply(ObjectKey key, JsonNode object) {
    Reply reply = call("PATCH", key.path() + MANAGER + "&force=true", object, APPLY);
    if (reply.status() == NOT_FOUND && !serves(key.type())) {
      throw new FaultException(
          FaultException.Kind.ENVIRONMENT,
          "%s: the cluster has no type %s: install it by squall install%s"
              .formatted(
                  key,
                  key.type().kind(),
                  key.type().group().equals("chaos-mesh.org") ? " --set chaosMesh=true" : ""));
    }
    return accepted(reply);
  }

  @Override
  public boolean change(ObjectKey key, JsonNode patch) {
    return isThere(call("PATCH", key.path() + MANAGER, patch, MERGE));
  }

  @Override
  public boolean delete(ObjectKey key) {
    ObjectNode options = JSON.createObjectNode();
    options.put("apiVersion", "v1").put("kind", "DeleteOptions");
    options.put("propagationPolicy", "Background");
    return isThere(call("DELETE", key.path(), options, PLAIN));
  }

  @Override
  public boolean allows(String verb, ObjectType type, @Nullable String namespace) {
    ObjectNode review = JSON.createObjectNode();
    review.put("apiVersion", "authorization.k8s.io/v1").put("kind", "SelfSubjectAccessReview");
    ObjectNode attributes = review.putObject("spec").putObject("resourceAttributes");
    attributes.put("verb", verb).put("group", type.group()).put("resource", type.plural());
    if (namespace != null) {
      attributes.put("namespace", namespace);
    }
    String path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    return accepted(call("POST", path, review, PLAIN)).at("/status/allowed").asBoolean();
  }

  private static boolean isThere(Reply reply) {
    return reply.status() != NOT_FOUND && !accepted(reply).isMissingNode();
  }

  private static JsonNode accepted(Reply reply) {
    if (!HttpResponse.isSuccessful(reply.status())) {
      throw Refusal.of(reply.status(), reply.body());
    }
    return reply.body();
  }

  private Reply call(String method, String path, @Nullable JsonNode body, String type) {
    HttpRequest.Builder request = http.newHttpRequestBuilder().uri(server + path);
    if (body != null) {
      request.method(method, type, body.toString());
    }
    try {
      HttpResponse<byte[]> response =
          http.sendAsync(request.header("Accept", PLAIN).build(), byte[].class)
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return new Reply(response.code(), read(response.body()));
    } catch (ExecutionException unreachable) {
      throw unreachable(unreachable.getCause());
    } catch (TimeoutException silent) {
      throw unreachable(silent);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw unreachable(interrupted);
    }
  }

  private static JsonNode read(byte[] body) {
    try {
      return JSON.readTree(new String(body, StandardCharsets.UTF_8));
    } catch (JsonProcessingException noJson) {
      return JSON.createObjectNode().put("message", new String(body, StandardCharsets.UTF_8));
    }
  }

  private FaultException unreachable(@Nullable Throwable cause) {
    return new FaultException(
        FaultException.Kind.ENVIRONMENT,
        ("the cluster at %s does not answer (%s): does it run, and is it the one you mean? --context"
                + " and --kubeconfig choose another")
            .formatted(server, Refusal.reason(cause)));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
