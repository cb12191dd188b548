// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import static dev.squall.operator.agent.Samples.WEB;
import static dev.squall.operator.agent.Samples.document;
import static dev.squall.operator.agent.Samples.nodeFault;
import static dev.squall.operator.agent.Samples.part;
import static dev.squall.operator.agent.Samples.seconds;
import static dev.squall.operator.agent.Samples.spec;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class HealthServerTest {
  private final AgentScene scene = new AgentScene();
  private final StatusWriter writer = new StatusWriter((name, uid, status) -> 200);
  private volatile boolean ready;

  private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://localhost:" + port + path);
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
  }

  @Test
  void theKubeletLearnsWhenTheAgentIsReadyAndWhenItIsStuck()
      throws IOException, InterruptedException {
    int port = HealthServer.start(0, scene.agent, writer, () -> ready);
    assertThat(get(port, "/readyz").statusCode()).isEqualTo(503);
    ready = true;
    assertThat(get(port, "/readyz").statusCode()).isEqualTo(200);
    // The scene's clock stands, and no turn was taken for long.
    assertThat(get(port, "/healthz").statusCode()).isEqualTo(503);
  }

  @Test
  void prometheusLearnsHowFarPodsHaveCome() throws IOException, InterruptedException {
    scene.pod(WEB, 7);
    scene.apply(
        nodeFault("a", 1, spec(seconds(10), false, part("main", document("loss: 5%", WEB)))));
    scene.at(0);
    int port = HealthServer.start(0, scene.agent, writer, () -> ready);
    assertThat(get(port, "/metrics").body())
        .contains("squall_agent_pods{phase=\"Injecting\"} 1\n")
        .contains("squall_agent_pods{phase=\"Refused\"} 0\n")
        .contains("# TYPE squall_agent_lease_losses_total counter\n");
  }
}
