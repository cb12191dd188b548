// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import static dev.squall.operator.agent.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastSeenTest {
  @TempDir private Path folder;

  @Test
  void theNextOneKnowsWhenTheLastLived() {
    LastSeen first = new LastSeen(folder, START);
    first.mark(START.plusMillis(1000));
    first.mark(START.plusMillis(1100));
    first.mark(START.plusMillis(1300));
    assertThat(new LastSeen(folder, START.plusSeconds(9)).before())
        .isEqualTo(START.plusMillis(1300));
  }

  @Test
  void withoutATraceTheLastLivedUntilThisOneStarted() throws IOException {
    assertThat(new LastSeen(folder, START).before()).isEqualTo(START);
    Files.writeString(folder.resolve("last-seen"), "yesterday");
    assertThat(new LastSeen(folder, START).before()).isEqualTo(START);
  }

  @Test
  void aFolderThatIsNotThereHarmsNobody() {
    LastSeen nowhere = new LastSeen(folder.resolve("none"), START);
    nowhere.mark(START);
    assertThat(folder).isEmptyDirectory();
  }
}
