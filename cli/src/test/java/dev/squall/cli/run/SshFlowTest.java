// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.squall.fault.FaultException;
import dev.squall.fault.FlowExemption;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshFlowTest {
  @TempDir Path processes;

  @Test
  void theVariableNamesTheFlow() {
    assertThat(find(Map.of("SSH_CONNECTION", "2001:db8::9 50022 2001:db8::1 22")))
        .isEqualTo(new FlowExemption(InetAddress.ofLiteral("2001:db8::9"), 50022, 22));
  }

  @Test
  void sudoHidesItButTheShellAboveStillHasIt() throws IOException {
    process("self", "300", "PATH=/bin");
    process("300", "200", "PATH=/bin");
    process("200", "1", "PATH=/bin\0SSH_CONNECTION=192.0.2.9 50022 192.0.2.1 22\0TERM=xterm");

    assertThat(find(Map.of()))
        .isEqualTo(new FlowExemption(InetAddress.ofLiteral("192.0.2.9"), 50022, 22));
  }

  @Test
  void whoeverSitsAtTheMachineHasNone() throws IOException {
    process("self", "1", "PATH=/bin");
    process("1", "0", "");

    assertThat(find(Map.of())).isNull();
  }

  @Test
  void aProcessThatMayNotBeReadEndsTheSearch() throws IOException {
    process("self", "300", "PATH=/bin");

    assertThat(find(Map.of())).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.9 50022",
        "host 50022 192.0.2.1 22",
        "192.0.2.9 x 192.0.2.1 22",
        "192.0.2.9 0 192.0.2.1 22"
      })
  void aVariableThatCannotBeReadIsRefused(String connection) {
    assertThatThrownBy(() -> find(Map.of("SSH_CONNECTION", connection)))
        .isInstanceOf(FaultException.class)
        .hasMessageContaining("'" + connection + "'")
        .hasMessageContaining("--include-ssh");
  }

  private @Nullable FlowExemption find(Map<String, String> environment) {
    return new SshFlow(environment, processes).find();
  }

  private void process(String pid, String parent, String environment) throws IOException {
    Path directory = Files.createDirectory(processes.resolve(pid));
    Files.writeString(directory.resolve("stat"), pid + " (a (b) c) S " + parent + " 1 1");
    Files.writeString(directory.resolve("environ"), environment);
  }
}
