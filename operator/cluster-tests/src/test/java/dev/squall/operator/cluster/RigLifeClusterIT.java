// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A rig goes with whoever holds it, and what a killed one leaves is no obstacle.
@NeedsCluster
class RigLifeClusterIT {
  private static final String NAME = Rig.nameOfCheckout() + "-life";

  @BeforeEach
  void aRigCanBeMadeHere() {
    assumeTrue(Rig.obstacle().isEmpty(), "no rig can be made here");
  }

  @Test
  void whatAKilledRigLeftIsRemovedByTheNextWhichLeavesNothing() {
    Rig killed = new Rig(NAME).up(1);
    killed.kill();
    assertThat(traces()).isNotEmpty();

    try (Rig next = new Rig(NAME).up(1)) {
      assertThat(next.run("kubectl", "get", "nodes", "--no-headers").successful().lines())
          .singleElement()
          .satisfies(node -> assertThat(node).contains(" Ready "));
      CommandResult second = next.run("up", "1");
      assertThat(second.exitCode()).isEqualTo(5);
      assertThat(second.error()).contains("by another process");
    }
    assertThat(traces()).isEmpty();
  }

  @Test
  void aRigThatIsKeptIsRefusedToOthersUntilItIsDown() {
    Rig kept = new Rig(NAME);
    kept.run("up", "1").successful();
    try {
      CommandResult second = kept.run("up", "1");
      assertThat(second.exitCode()).isEqualTo(5);
      assertThat(second.error()).contains("is up").contains("rig down");
      assertThat(kept.run("kubectl", "get", "nodes").exitCode()).isZero();
    } finally {
      kept.run("down").successful();
    }
    assertThat(traces()).isEmpty();
    assertThat(kept.run("down").exitCode()).isZero();
  }

  private static List<String> traces() {
    return new Rig(NAME).traces();
  }
}
