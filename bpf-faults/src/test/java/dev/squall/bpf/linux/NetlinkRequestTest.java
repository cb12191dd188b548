// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class NetlinkRequestTest {
  private static List<NetlinkMessage> parse(byte[] bytes) {
    return NetlinkMessage.split(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()));
  }

  private static ByteBuffer at(Map<Integer, ByteBuffer> attributes, int type) {
    return Objects.requireNonNull(attributes.get(type));
  }

  @Test
  void aMessageReadsBackAsItWasWritten() {
    NetlinkRequest request = new NetlinkRequest().message(16, 0x600).int32(7).int64(-1);
    request.attributeText(3, "eth0").attribute32(4, 1500).attribute8(9, 1);

    NetlinkMessage message = parse(request.toBytes()).getFirst();

    assertThat(message.type()).isEqualTo(16);
    assertThat(message.flags()).as("a request, exclusive, creating").isEqualTo(0x601);
    assertThat(message.body().getInt(0)).isEqualTo(7);
    Map<Integer, ByteBuffer> attributes = message.attributes(12);
    assertThat(NetlinkMessage.text(at(attributes, 3))).isEqualTo("eth0");
    assertThat(at(attributes, 4).getInt(0)).isEqualTo(1500);
    assertThat(at(attributes, 9).get(0)).isEqualTo((byte) 1);
  }

  @Test
  void nestedAttributesKeepTheirDepth() {
    NetlinkRequest request = new NetlinkRequest().message(16, 0);
    request.attribute(18).attributeText(1, "veth").attribute(2).attribute32(5, 9).end().end();
    request.attribute32(20, 3);

    Map<Integer, ByteBuffer> outer = parse(request.toBytes()).getFirst().attributes(0);

    assertThat(outer.keySet()).containsExactlyInAnyOrder(18, 20);
    Map<Integer, ByteBuffer> inner = NetlinkMessage.attributes(at(outer, 18));
    assertThat(NetlinkMessage.text(at(inner, 1))).isEqualTo("veth");
    assertThat(at(NetlinkMessage.attributes(at(inner, 2)), 5).getInt(0)).isEqualTo(9);
  }

  @Test
  void everyMessageOfABatchIsAlignedAndNumbered() {
    NetlinkRequest request = new NetlinkRequest();
    for (int i = 0; i < 300; i++) {
      request.message(40, 0).int32(i).attributeText(1, "x".repeat(i % 5));
    }

    List<NetlinkMessage> messages = parse(request.acknowledged());

    assertThat(messages).hasSize(300);
    for (int i = 0; i < 300; i++) {
      assertThat(messages.get(i).sequence()).isEqualTo(i + 1);
      assertThat(messages.get(i).body().getInt(0)).isEqualTo(i);
    }
    assertThat(request.lastSequence()).isEqualTo(300);
  }

  @Test
  void onlyTheLastMessageOfABatchIsAcknowledged() {
    NetlinkRequest request = new NetlinkRequest().message(40, 0).message(40, 0).message(40, 0);

    List<NetlinkMessage> messages = parse(request.acknowledged());

    assertThat(messages).extracting(NetlinkMessage::flags).containsExactly(1, 1, 5);
  }

  @Test
  void attributeTypesAreReadWithoutTheirMarks() {
    NetlinkRequest request = new NetlinkRequest().message(40, 0).nested(6).int32(1).end();

    Map<Integer, ByteBuffer> attributes = parse(request.toBytes()).getFirst().attributes(0);

    assertThat(attributes).containsOnlyKeys(6);
  }
}
