// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.cluster;

import dev.squall.fault.FaultException;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How to reach a cluster.
final class Kubeconfig {
  private static final int CONNECT_MILLIS = 5_000;

  private Kubeconfig() {}

  /// @throws FaultException of kind `USER` when there is no such file or context, of kind
  ///   `ENVIRONMENT` when no cluster is known
  static Config read(ClusterChoice choice) {
    Path file = choice.kubeconfig();
    String context = choice.context();
    Config config = file == null ? Config.autoConfigure(context) : read(file, context);
    check(config, context);
    ClientKey.nameAlgorithm(config);
    // A few requests one after the other: the newer protocol only takes longer to begin.
    config.setHttp2Disable(true);
    // Somebody waits for the answer, and can ask again.
    config.setRequestRetryBackoffLimit(1);
    config.setConnectionTimeout(CONNECT_MILLIS);
    return config;
  }

  private static Config read(Path file, @Nullable String context) {
    if (!Files.isReadable(file)) {
      throw new FaultException(
          FaultException.Kind.USER,
          "--kubeconfig %s: there is no such file, or you may not read it".formatted(file));
    }
    return Config.fromKubeconfig(context, file.toFile());
  }

  private static void check(Config config, @Nullable String context) {
    @Nullable NamedContext current = config.getCurrentContext();
    if (context != null && (current == null || !current.getName().equals(context))) {
      String known =
          String.join(", ", config.getContexts().stream().map(NamedContext::getName).toList());
      throw new FaultException(
          FaultException.Kind.USER,
          "--context %s: there is no such context; %s"
              .formatted(
                  context, known.isEmpty() ? "no kubeconfig was found" : "there are " + known));
    }
    boolean inPod = config.getAutoOAuthToken() != null || config.getOauthToken() != null;
    if (current == null && !inPod) {
      throw new FaultException(
          FaultException.Kind.ENVIRONMENT,
          "no cluster is known: there is no kubeconfig with a current context; name one by"
              + " --kubeconfig FILE or KUBECONFIG");
    }
  }
}
