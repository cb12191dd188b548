// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.squall.cli.Reports;
import dev.squall.cli.pcapng.MemoryChannel;
import dev.squall.fault.AttachedInterface;
import dev.squall.fault.FaultException;
import dev.squall.fault.RunIdentity;
import dev.squall.target.Target;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What becomes of the figures when the file cannot take everything.
class AuditFileTest {
  private static final RunIdentity RUN =
      new RunIdentity("7f3a91c2", "inject", 42, false, true, null);
  private static final List<AttachedInterface> ETH0 =
      List.of(new AttachedInterface(new Target.NamedNetns("web", null), "eth0", true));

  private final MemoryChannel disk = new MemoryChannel();
  private final AuditFile file = new AuditFile(Path.of("hits.pcapng"), disk);

  @Test
  void aFullDiskIsToldAndEndsNothing() {
    file.begin(RUN, ETH0);
    file.add(Reports.lostEcho());
    file.flush();
    disk.withRoom(disk.bytes().length);
    file.add(Reports.lostEcho());
    file.flush();
    file.add(Reports.lostEcho());
    file.flush();

    assertThat(file.summary()).isEqualTo("hits.pcapng: 1 of 3 hits");
    assertThat(file.finding())
        .isEqualTo(
            "audit: 2 hits are not in hits.pcapng, because it could not be written: No space left"
                + " on device");
  }

  @Test
  void aFullDiskRefusesARun() {
    disk.withRoom(0);

    assertThatThrownBy(() -> file.begin(RUN, ETH0))
        .isInstanceOfSatisfying(
            FaultException.class,
            refusal -> assertThat(refusal.kind()).isEqualTo(FaultException.Kind.USER))
        .hasMessage(
            "--audit hits.pcapng: this file cannot be written (No space left on device): name"
                + " another");
  }

  @Test
  void theNextRunTriesAgainAndCountsAnew() {
    file.begin(RUN, ETH0);
    disk.withRoom(disk.bytes().length);
    file.add(Reports.lostEcho());
    file.flush();
    assertThat(file.summary()).isEqualTo("hits.pcapng: 0 of 1 hits");

    disk.withRoom(1 << 20);
    file.begin(RUN, ETH0);
    file.add(Reports.lostEcho());
    file.miss(2_000);
    file.flush();

    assertThat(file.summary()).isEqualTo("hits.pcapng: 1 of 2,001 hits");
    assertThat(file.finding())
        .isEqualTo(
            "audit: 2,000 hits are not in hits.pcapng, because there were more than could be"
                + " recorded: choose fewer packets");
  }

  @Test
  void whatWaitsIsWrittenWhenItCloses() {
    file.begin(RUN, ETH0);
    int before = disk.bytes().length;
    file.add(Reports.lostEcho());
    file.close();

    assertThat(disk.bytes()).hasSizeGreaterThan(before);
    assertThat(disk.isOpen()).isFalse();
  }
}
