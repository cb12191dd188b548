// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.squall.operator.api.v1alpha1.NodeFaultStatus;
import dev.squall.operator.api.v1alpha1.SquallApi;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The two requests to the API server that the client library has no words for: a patch without a
/// look at the object before, and a look at the server's clock.
final class Api {
  private static final long TIMEOUT_SECONDS = 10;

  private final KubernetesClient client;
  private final String namespace;

  Api(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  private record Patch(Metadata metadata, NodeFaultStatus status) {}

  /// The UID keeps the patch from another object of the same name.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Metadata(String uid) {}

  /// Writes the status of a NodeFault, and returns the HTTP status.
  int patchStatus(String name, String uid, NodeFaultStatus status)
      throws IOException, InterruptedException {
    String body = client.getKubernetesSerialization().asJson(new Patch(new Metadata(uid), status));
    String path =
        "apis/%s/%s/namespaces/%s/nodefaults/%s/status?fieldManager=squall-agent"
            .formatted(SquallApi.GROUP, SquallApi.VERSION, namespace, name);
    return send(client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(client.getMasterUrl() + path)
            .method("PATCH", "application/merge-patch+json", body)
            .build())
        .code();
  }

  /// The server's clock, in whole seconds; null: it does not tell.
  @Nullable Instant date() throws IOException, InterruptedException {
    HttpResponse<String> response =
        send(
            client
                .getHttpClient()
                .newHttpRequestBuilder()
                .uri(client.getMasterUrl() + "version")
                .build());
    String date = response.header("Date");
    try {
      return date == null
          ? null
          : ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    try {
      return client
          .getHttpClient()
          .sendAsync(request, String.class)
          .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the API server does not answer", e);
    }
  }
}
