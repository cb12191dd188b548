// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class NetlinkMessageTest {
  private static ByteBuffer words(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * 4).order(ByteOrder.nativeOrder());
    for (int value : values) {
      buffer.putInt(value);
    }
    return buffer.flip();
  }

  @Test
  void aLengthBeyondWhatWasReceivedIsRefused() {
    ByteBuffer received = words(64, 0, 1, 0, 0);

    assertThatThrownBy(() -> NetlinkMessage.split(received))
        .hasMessage("a netlink message of 64 bytes");
  }

  @Test
  void aLengthOfNothingIsRefused() {
    ByteBuffer received = words(0, 0, 1, 0);

    assertThatThrownBy(() -> NetlinkMessage.split(received))
        .hasMessage("a netlink message of 0 bytes");
  }

  @Test
  void anAttributeThatIsCutShortEndsTheList() {
    int typeOneOfEightBytes = 0x0001_0008;
    int typeTwoOfTwentyBytes = 0x0002_0014;
    ByteBuffer nest = words(typeOneOfEightBytes, 42, typeTwoOfTwentyBytes, 43);

    assertThat(NetlinkMessage.attributes(nest)).containsOnlyKeys(1);
  }

  @Test
  void textEndsAtItsClosingZeros() {
    ByteBuffer text = ByteBuffer.wrap(new byte[] {'l', 'o', 0, 0});

    assertThat(NetlinkMessage.text(text)).isEqualTo("lo");
  }
}
