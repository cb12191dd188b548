// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/// What a TCP socket has counted: struct tcp_info of linux/tcp.h.
///
/// @param unacked segments on their way
/// @param retransmitted segments sent again
/// @param dataSegmentsOut with data, those sent again included
/// @param dataSegmentsIn with data, as they arrived
record TcpInfo(int unacked, int retransmitted, int dataSegmentsOut, int dataSegmentsIn) {
  static final int LEVEL = 6;
  static final int OPTION = 11;
  static final int BYTES = 256;

  private static final int UNACKED = 24;
  private static final int TOTAL_RETRANS = 100;
  private static final int DATA_SEGS_IN = 152;
  private static final int DATA_SEGS_OUT = 156;

  static TcpInfo read(MemorySegment info) {
    return new TcpInfo(
        info.get(JAVA_INT_UNALIGNED, UNACKED),
        info.get(JAVA_INT_UNALIGNED, TOTAL_RETRANS),
        info.get(JAVA_INT_UNALIGNED, DATA_SEGS_OUT),
        info.get(JAVA_INT_UNALIGNED, DATA_SEGS_IN));
  }
}
