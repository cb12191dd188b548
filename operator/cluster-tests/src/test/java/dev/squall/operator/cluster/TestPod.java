// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A pod of a test.
record TestPod(Cluster cluster, String namespace, String name) {
  /// Where pods of tests send back what they get, over TCP.
  static final int ECHO_PORT = 7;

  private static final int EXEC_SECONDS = 180;

  /// The object as it is now.
  Pod get() {
    return resource().require();
  }

  /// Its address.
  String address() {
    return get().getStatus().getPodIP();
  }

  /// What its container printed.
  String logs() {
    return resource().getLog();
  }

  /// What its processes notice of the network.
  Traffic traffic() {
    return new Traffic(this);
  }

  /// Runs a command in its container to its end.
  ///
  /// @throws IllegalStateException when it goes on for 3 minutes
  CommandResult exec(String... command) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream error = new ByteArrayOutputStream();
    try (ExecWatch watch = resource().writingOutput(output).writingError(error).exec(command)) {
      int exitCode = watch.exitCode().get(EXEC_SECONDS, TimeUnit.SECONDS);
      return new CommandResult(exitCode, output.toString(UTF_8), error.toString(UTF_8));
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("in pod " + name + ": " + String.join(" ", command), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in pod " + name, e);
    }
  }

  /// Runs a command in its container until somebody closes the result.
  ExecWatch start(OutputStream output, String... command) {
    return resource().writingOutput(output).exec(command);
  }

  private PodResource resource() {
    return cluster.client().pods().inNamespace(namespace).withName(name);
  }
}
