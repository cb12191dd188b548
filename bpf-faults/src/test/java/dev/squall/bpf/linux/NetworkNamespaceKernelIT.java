// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NetworkNamespaceKernelIT {
  @BeforeAll
  static void needsTheKernel() {
    Privilege.require();
  }

  private static String currentNamespace() throws IOException {
    return Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net")).toString();
  }

  @Test
  void workRunsInsideAndTheCallerStaysOutside() throws IOException {
    String before = currentNamespace();
    try (NetworkNamespace namespace = NetworkNamespace.anonymous()) {
      String inside = namespace.call(NetworkNamespaceKernelIT::currentNamespace);

      assertThat(inside).isEqualTo("net:[" + namespace.inode() + "]").isNotEqualTo(before);
      assertThat(currentNamespace()).isEqualTo(before);
    }
  }

  @Test
  void anAnonymousNamespaceHasOnlyLoAndIsNobodyElses() {
    try (NetworkNamespace one = NetworkNamespace.anonymous();
        NetworkNamespace other = NetworkNamespace.anonymous()) {
      assertThat(one.call(Links::list)).extracting(Link::name).containsExactly("lo");
      assertThat(one.inode()).isNotEqualTo(other.inode());
    }
  }

  @Test
  void anExceptionOfTheWorkArrivesAsItIs() {
    IllegalStateException thrown = new IllegalStateException("no");
    try (NetworkNamespace namespace = NetworkNamespace.anonymous()) {
      assertThatThrownBy(
              () ->
                  namespace.run(
                      () -> {
                        throw thrown;
                      }))
          .isSameAs(thrown);
      assertThatThrownBy(
              () ->
                  namespace.call(
                      () -> {
                        throw new IOException("disk");
                      }))
          .hasRootCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void anInterruptedCallerStillGetsTheResultAndStaysInterrupted() {
    try (NetworkNamespace namespace = NetworkNamespace.anonymous()) {
      Thread.currentThread().interrupt();
      int links = namespace.call(() -> Links.list().size());

      assertThat(links).isEqualTo(1);
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
