// SPDX-License-Identifier: Apache-2.0
package dev.squall.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

  @Test
  void targetsAreDescribedAsTheirUsersKnowThem() {
    assertThat(new Target.NamedNetns("web", "eth0").describe()).isEqualTo("netns web");
    assertThat(new Target.Process(42, null).describe()).isEqualTo("pid 42");
    assertThat(new Target.Container("3f2a", null).describe()).isEqualTo("container 3f2a");
    assertThat(new Target.Container("3f2a9c00112233", null).describe())
        .isEqualTo("container 3f2a9c001122…");
    assertThat(new Target.Host("eth0").describe()).isEqualTo("this host");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "a\nb", "a\0b", "a\u2028b"})
  void aNamespaceIsNamedLikeAFile(String name) {
    assertThatThrownBy(() -> new Target.NamedNetns(name, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name + ": a network namespace has a name");
  }

  @Test
  void namesAreMeasuredInBytes() {
    assertThat(new Target.NamedNetns("ä".repeat(127), null).name()).hasSize(127);
    assertThatThrownBy(() -> new Target.NamedNetns("ä".repeat(128), null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new Target.Host("ä".repeat(7)).networkInterface()).hasSize(7);
    assertThatThrownBy(() -> new Target.Host("ä".repeat(8)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "a:b", "a b", "a\tb", "sixteen-letters-"})
  void anInterfaceIsNamedAsTheKernelAllows(String name) {
    assertThatThrownBy(() -> new Target.Process(1, name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name + ": an interface has a name");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 4_194_304})
  void aProcessHasAPositiveIdThatLinuxGives(int pid) {
    assertThatThrownBy(() -> new Target.Process(pid, null))
        .hasMessage(pid + ": a process ID is from 1 to 4194303");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3f2", "3F2A", "web-1", "docker://3f2a"})
  void aContainerHasAHexadecimalId(String id) {
    assertThatThrownBy(() -> new Target.Container(id, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(id + ": a container is given by 4 to 64 hexadecimal digits");
  }

  @Test
  void aPodIsCalledByItsNameWhereItIsKnown() {
    String uid = "9d0a52f4-6c1e-4a55-8f53-4a1f0d2c7b11";
    assertThat(new Target.Pod(uid, null, null).describe()).isEqualTo("pod " + uid);
    assertThat(new Target.Pod(uid, "shop/web-1", null).describe()).isEqualTo("pod shop/web-1");
    assertThat(new Target.Pod("0123456789abcdef0123456789abcdef", null, "eth0").networkInterface())
        .isEqualTo("eth0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "web-1", "9d0a52f4", "9D0A52F4-6C1E-4A55-8F53-4A1F0D2C7B11"})
  void aPodHasAUid(String uid) {
    assertThatThrownBy(() -> new Target.Pod(uid, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(uid + ": a pod is given by its UID");
  }

  @Test
  void directionsIncludeEachOther() {
    assertThat(Direction.BOTH.includes(Direction.EGRESS)).isTrue();
    assertThat(Direction.BOTH.includes(Direction.INGRESS)).isTrue();
    assertThat(Direction.EGRESS.includes(Direction.EGRESS)).isTrue();
    assertThat(Direction.EGRESS.includes(Direction.INGRESS)).isFalse();
    assertThat(Direction.EGRESS.includes(Direction.BOTH)).isFalse();
  }
}
