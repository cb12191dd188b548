// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The expected values are what `tc qdisc add … stab` of iproute2 6.1 sends.
class SizeTableTest {
  private static final SizeTable OF_TC = new SizeTable(131_072, 512, 70_000);

  /// The specification is attribute 1, the table attribute 2.
  private static ByteBuffer written(SizeTable table, int type) {
    NetlinkRequest request = new NetlinkRequest().message(36, 0);
    table.writeTo(request);
    ByteBuffer bytes = ByteBuffer.wrap(request.toBytes()).order(ByteOrder.nativeOrder());
    NetlinkMessage message = NetlinkMessage.split(bytes).getFirst();
    ByteBuffer stab = Objects.requireNonNull(message.attributes(0).get(8));
    return Objects.requireNonNull(NetlinkMessage.attributes(stab).get(type));
  }

  @Test
  void theLogarithmsAreThoseThatTcComputes() {
    assertThat(OF_TC.cellLog()).isEqualTo(9);
    assertThat(OF_TC.sizeLog()).isEqualTo(3);
  }

  @Test
  void theSpecificationIsTheBytesThatTcSends() {
    ByteBuffer specification = written(OF_TC, 1);

    byte[] bytes = new byte[specification.limit()];
    specification.get(0, bytes);
    assertThat(bytes)
        .inHexadecimal()
        .isEqualTo(
            new byte[] {
              9, 3, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0x70, 0x11, 1, 0, 0, 0, 2, 0, 0, 2, 0, 0
            });
  }

  @Test
  void theTableIsTheWordsThatTcSends() {
    ByteBuffer table = written(OF_TC, 2);

    assertThat(table.limit()).isEqualTo(2 * 512);
    assertThat(table.getShort(0)).isEqualTo((short) 0x222e);
    assertThat(table.getShort(2 * 135)).isEqualTo((short) 0x222e);
    assertThat(table.getShort(2 * 137)).isEqualTo((short) (138 * 512 / 8));
    assertThat(table.getShort(2 * 511)).isEqualTo((short) (512 * 512 / 8));
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 1514, 65_550, 524_288, 1_048_576})
  void inTheDelayLineEveryPacketCountsTheSame(int bytes) {
    SizeTable table = new SizeTable(1 << 20, 512, HtbQueue.PACKET_BYTES);

    assertThat(table.counted(bytes)).isEqualTo(HtbQueue.PACKET_BYTES);
  }
}
