// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.squall.bpf.libbpf.BpfIds;
import dev.squall.bpf.libbpf.BpfObject;
import dev.squall.bpf.libbpf.Hook;
import dev.squall.bpf.libbpf.LinkInfo;
import dev.squall.bpf.libbpf.ProgramInfo;
import dev.squall.bpf.libbpf.TestObjects;
import dev.squall.bpf.linux.Links;
import dev.squall.bpf.linux.NetworkNamespace;
import dev.squall.bpf.linux.Privilege;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A process that attached a program and made a veth pair is killed: the kernel cleans up.
class OwnerDeathKernelIT {
  private static final String PROGRAM = "test_drop";
  private static final String DEVICE = "owned0";

  @BeforeAll
  static void needsTheKernel() {
    Privilege.require();
    AttachPointKernelIT.Way.TCX.point();
  }

  /// The process to be killed.
  static final class Owner {
    private Owner() {}

    /// Attaches, says so, and waits for its end.
    ///
    /// @param arguments the file of a network namespace
    public static void main(String[] arguments) throws Exception {
      NetworkNamespace target = NetworkNamespace.named(arguments[0]);
      NetworkNamespace far = NetworkNamespace.anonymous();
      BpfObject object = TestObjects.loaded("loader_test");
      target.run(() -> Links.createVethPair(DEVICE, "owned1", far, 1500));
      int device = Objects.requireNonNull(target.call(() -> Links.byName(DEVICE))).index();
      TcxAttachPoint point = new TcxAttachPoint();
      Attachment attachment =
          target.call(() -> point.attach(object.program(PROGRAM), device, Hook.EGRESS));
      System.out.println("attached " + attachment.isAttached());
      Thread.sleep(Duration.ofMinutes(1));
    }
  }

  @Test
  void aKilledOwnerLeavesNoLinkNoProgramAndNoDevice() throws Exception {
    try (NetworkNamespace target = NetworkNamespace.anonymous()) {
      Process owner = start(target);
      assertThat(owner.inputReader().readLine()).isEqualTo("attached true");
      assertThat(linksOfTheProgram()).hasSize(1);

      owner.destroyForcibly().waitFor();

      await()
          .pollInterval(Duration.ofMillis(5))
          .atMost(Duration.ofSeconds(2))
          .untilAsserted(
              () -> {
                assertThat(linksOfTheProgram()).isEmpty();
                assertThat(programIds()).isEmpty();
                assertThat(target.call(() -> Links.byName(DEVICE))).isNull();
              });
    }
  }

  private static Process start(NetworkNamespace target) throws IOException {
    String java = System.getProperty("java.home") + "/bin/java";
    String namespace = "/proc/" + ProcessHandle.current().pid() + "/fd/" + target.fd();
    return new ProcessBuilder(
            java,
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Owner.class.getName(),
            namespace)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static Set<Integer> programIds() {
    return BpfIds.programs().stream()
        .filter(program -> program.name().equals(PROGRAM))
        .map(ProgramInfo::id)
        .collect(Collectors.toSet());
  }

  private static List<LinkInfo> linksOfTheProgram() {
    Set<Integer> programs = programIds();
    return BpfIds.links().stream().filter(link -> programs.contains(link.programId())).toList();
  }
}
