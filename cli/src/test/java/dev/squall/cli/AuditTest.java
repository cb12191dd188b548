// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.cli.console.ExitStatus;
import dev.squall.cli.pcapng.CaptureFile;
import dev.squall.fault.FaultException;
import dev.squall.fault.HitPacket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `--audit`: what is in the file, and what is said about it.
class AuditTest {
  private static final String LOSS = "inject --netns web --loss 5% --for 1s --seed 42 --audit ";

  private final Call call = new Call();
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("hits.pcapng");
    call.engine.injection.reports(List.of(Reports.loss()));
  }

  @Test
  void everyPacketIsInTheFileWithTheDecision() throws IOException {
    call.engine.injection.hits(
        Reports.lostSegments("192.0.2.1", "192.0.2.2"), Reports.lostEcho(), Reports.lostEcho());

    assertThat(call.squall(LOSS + file)).isEqualTo(ExitStatus.OK);

    assertThat(call.engine.injector.identities().getFirst().everyHit()).isTrue();
    assertThat(call.out()).endsWith("76.2 KiB\n" + file + ": 3 of 3 hits\n");
    CaptureFile capture = CaptureFile.read(file);
    assertThat(capture.interfaces())
        .containsExactly(
            new CaptureFile.Interface(1, "eth0", "netns web", "run " + id() + ", seed 42"));
    assertThat(capture.packets()).hasSize(3);
    CaptureFile.Packet first = capture.packets().getFirst();
    assertThat(first.comment()).isEqualTo("loss 5% on egress of netns web (eth0): hit");
    assertThat(first.time()).isEqualTo("2026-07-01T12:00:01.5Z");
    assertThat(first.bytes()).isEqualTo(Reports.FIRST_BYTES);
    assertThat(first.length()).isEqualTo(4_410);
    assertThat(first.direction()).isEqualTo(2);
  }

  private String id() {
    return call.engine.injector.identities().getLast().id();
  }

  @Test
  void aDryRunSaysWhatWouldHaveBeenHit() throws IOException {
    call.engine.injection.hits(Reports.lostEcho());

    call.squall(LOSS + file + " --dry-run");

    assertThat(CaptureFile.read(file).packets())
        .extracting(CaptureFile.Packet::comment)
        .containsExactly("loss 5% on egress of netns web (eth0): would have been hit (dry run)");
  }

  @Test
  void withoutItASampleIsEnough() {
    call.squall("inject --netns web --loss 5% --for 1s");

    assertThat(call.engine.injector.identities().getFirst().everyHit()).isFalse();
  }

  @Test
  void hitsThatAreMissingAreTold() {
    call.engine.injection.hits(Reports.lostEcho()).missed(51);

    assertThat(call.squall(LOSS + file)).isEqualTo(ExitStatus.OK);

    assertThat(call.out())
        .endsWith(
            """
            %1$s: 1 of 52 hits
            audit: 51 hits are not in %1$s, because there were more than could be recorded: choose fewer packets
            """
                .formatted(file));
  }

  @Test
  void jsonHasTheFigures() {
    call.engine.injection.hits(Reports.lostEcho()).missed(51);

    call.squall(LOSS + file + " -o json");

    assertThat(call.out())
        .endsWith(
            """
            "audit":{"file":"%1$s","hits":52,"written":1},\
            "findings":["audit: 51 hits are not in %1$s, because there were more than could be\
             recorded: choose fewer packets"]}
            """
                .formatted(file));
  }

  @Test
  void packetsAreStillShownAsASample() {
    call.engine.injection.hits(
        Collections.nCopies(257, Reports.lostEcho()).toArray(HitPacket[]::new));

    call.squall(LOSS + file + " --packets");

    assertThat(call.out().lines().filter(line -> line.startsWith("packet "))).hasSize(2);
    assertThat(call.out()).contains(": 257 of 257 hits");
  }

  @Test
  void theRunsOfAFileShareIt() throws IOException {
    Path experiments = directory.resolve("two.yaml");
    String one = "targets: [{ netns: web }]\nfaults: [{ loss: 5% }]\nseed: 42\nduration: 1s\n";
    Files.writeString(experiments, one + "---\n" + one);
    call.engine.injection.hits(Reports.lostEcho(), Reports.lostEcho());

    assertThat(call.squall("run %s --audit %s".formatted(experiments, file)))
        .isEqualTo(ExitStatus.OK);

    assertThat(call.out()).contains(file + ": 2 of 2 hits", file + ": 0 of 0 hits");
    assertThat(CaptureFile.read(file).interfaces())
        .extracting(CaptureFile.Interface::comment)
        .hasSize(2)
        .doesNotHaveDuplicates();
  }

  @Test
  void anOlderFileIsOverwritten() throws IOException {
    Files.write(file, new byte[100_000]);

    call.squall(LOSS + file);

    assertThat(CaptureFile.read(file).packets()).isEmpty();
  }

  @Test
  void anOlderFileStaysWhereNothingWasInjected() throws IOException {
    Files.writeString(file, "an older capture");
    call.engine.injector.refuse(
        new FaultException(FaultException.Kind.USER, "netns web is not there: ip netns list"));

    assertThat(call.squall(LOSS + file)).isEqualTo(ExitStatus.USAGE);
    assertThat(file).hasContent("an older capture");
  }

  @Test
  void aPathThatCannotBeWrittenIsRefusedBeforeAnythingIsInjected() {
    assertRefused(directory, "this is a directory, name a file in it");
    assertRefused(
        directory.resolve("none/hits.pcapng"), "there is no such directory: make it first");
    assertRefused(
        Path.of("/proc/version/hits.pcapng"),
        "this file cannot be written (Not a directory): name another");
  }

  private void assertRefused(Path path, String reason) {
    Call refused = new Call();
    assertThat(refused.squall(LOSS + path)).as(reason).isEqualTo(ExitStatus.USAGE);
    assertThat(refused.err()).isEqualTo("squall: --audit %s: %s\n".formatted(path, reason));
    assertThat(refused.engine.injector.experiments()).isEmpty();
  }

  @Test
  void aDiskThatIsFullFromTheStartInjectsNothing() {
    assertThat(call.squall(LOSS + "/dev/full")).isEqualTo(ExitStatus.USAGE);

    assertThat(call.err())
        .isEqualTo(
            "squall: --audit /dev/full: this file cannot be written (No space left on device): name"
                + " another\n");
    assertThat(call.engine.injection.steps()).containsExactly("prepare", "close");
  }
}
