// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NativeFunctionTest {
  @Test
  void theErrorNumberOfACallIsKept() {
    assertThat(Libc.CLOSE.callInt(-1)).isEqualTo(-1);
    assertThat(NativeFunction.errno()).isEqualTo(9);
  }

  @Test
  void aRefusedOperationSaysWhatAndWhy() {
    assertThatThrownBy(() -> NativeFile.open("/no/such/file", Libc.O_RDONLY))
        .isInstanceOf(LinuxException.class)
        .hasMessage("open /no/such/file: No such file or directory, errno 2");
  }

  @Test
  void aClosedFileIsNotUsedAgain() {
    NativeFile file = NativeFile.open("/dev/null", Libc.O_RDONLY);
    file.close();
    file.close();

    assertThat(file.isOpen()).isFalse();
    assertThatThrownBy(file::fd).hasMessage("the file is closed");
  }
}
