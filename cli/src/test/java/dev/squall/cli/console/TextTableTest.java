// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.squall.cli.console.TextTable.Column;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private final TextTable table =
      new TextTable(List.of(Column.words("NAME"), Column.figures("COUNT"), Column.words("NOTE")));

  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    table.row(List.of("a", "1", "short"));
    table.row(List.of("longer", "1,000,000", ""));

    assertThat(table.lines())
        .containsExactly(
            "NAME        COUNT  NOTE", "a               1  short", "longer  1,000,000");
  }

  @Test
  void aRowHasACellForEveryColumn() {
    assertThatIllegalArgumentException().isThrownBy(() -> table.row(List.of("a", "1")));
  }
}
