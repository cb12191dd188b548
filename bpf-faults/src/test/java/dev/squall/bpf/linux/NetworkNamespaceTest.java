// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.squall.fault.FaultException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkNamespaceTest {
  @Test
  void anAbsentNameIsRefusedWithWhereToLook() {
    assertThatExceptionOfType(FaultException.class)
        .isThrownBy(() -> NetworkNamespace.named("squall-no-such"))
        .withMessage(
            "netns squall-no-such: there is none of that name under /run/netns; `ip netns list` shows"
                + " those there are")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FaultException.Kind.USER));
  }

  @Test
  void anAbsentProcessIsRefused() {
    assertThatExceptionOfType(FaultException.class)
        .isThrownBy(() -> NetworkNamespace.pid(Integer.MAX_VALUE))
        .withMessage("pid 2147483647: there is no such process; `ps -e` shows those there are")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FaultException.Kind.USER));
  }

  @Test
  void aFileThatIsNoNamespaceIsRefused(@TempDir Path folder) throws Exception {
    Path file = Files.createFile(folder.resolve("plain"));

    assertThatExceptionOfType(FaultException.class)
        .isThrownBy(() -> NetworkNamespace.named(file.toString()))
        .withMessage(file + " is not a network namespace");
  }

  @Test
  void theNamespaceOfThisProcessIsTheSameByEveryRoute() {
    int self = (int) ProcessHandle.current().pid();
    try (NetworkNamespace own = NetworkNamespace.own();
        NetworkNamespace current = NetworkNamespace.current();
        NetworkNamespace byPid = NetworkNamespace.pid(self)) {
      assertThat(current.inode()).isEqualTo(own.inode());
      assertThat(byPid.inode()).isEqualTo(own.inode());
      assertThat(byPid.description()).isEqualTo("pid " + self);
    }
  }
}
