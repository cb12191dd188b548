// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SquallApiTest {
  @Test
  void aNodeIsItsOwnLabelWhereTheNameFits() {
    String longest = "n".repeat(63);
    assertThat(SquallApi.nodeLabel("n1.example.com")).isEqualTo("n1.example.com");
    assertThat(SquallApi.nodeLabel(longest)).isEqualTo(longest);
  }

  @Test
  void aLongerNameBecomesALabelThatIsLegalAndItsOwn() {
    String one = SquallApi.nodeLabel("n".repeat(64));
    assertThat(one).matches("[0-9a-f]{40}");
    assertThat(SquallApi.nodeLabel("n".repeat(65))).isNotEqualTo(one);
  }
}
