// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.libbpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/// One call of `bpf_prog_test_run_opts`, with `struct bpf_test_run_opts` and `struct __sk_buff`
/// laid out by hand.
final class TestRunCall {
  private static final int ROOM_TO_GROW = 512;
  private static final long OPTS_BYTES = 80;
  private static final long DATA_IN = 8;
  private static final long DATA_OUT = 16;
  private static final long DATA_SIZE_IN = 24;
  private static final long DATA_SIZE_OUT = 28;
  private static final long CONTEXT_IN = 32;
  private static final long CONTEXT_OUT = 40;
  private static final long CONTEXT_SIZE_IN = 48;
  private static final long CONTEXT_SIZE_OUT = 52;
  private static final long RETVAL = 56;
  private static final long REPEAT = 60;
  private static final long DURATION = 64;

  private static final int SKB_BYTES = 192;
  private static final long SKB_MARK = 8;
  private static final long SKB_PRIORITY = 32;
  private static final long SKB_IFINDEX = 40;
  private static final long SKB_TSTAMP = 152;
  private static final long SKB_WIRE_LEN = 160;
  private static final long SKB_GSO_SEGS = 164;
  private static final long SKB_GSO_SIZE = 176;

  private TestRunCall() {}

  static TestRun run(BpfProgram program, byte[] packet, TestContext context, int repeat) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment in = arena.allocateFrom(JAVA_BYTE, packet);
      MemorySegment out = arena.allocate(packet.length + ROOM_TO_GROW);
      MemorySegment contextIn = write(context, arena.allocate(SKB_BYTES, 8));
      MemorySegment contextOut = arena.allocate(SKB_BYTES, 8);
      MemorySegment options = arena.allocate(OPTS_BYTES, 8);
      options.set(JAVA_LONG, 0, OPTS_BYTES);
      put(options, DATA_IN, in, DATA_SIZE_IN);
      put(options, DATA_OUT, out, DATA_SIZE_OUT);
      put(options, CONTEXT_IN, contextIn, CONTEXT_SIZE_IN);
      put(options, CONTEXT_OUT, contextOut, CONTEXT_SIZE_OUT);
      options.set(JAVA_INT, REPEAT, repeat);
      int result = LibbpfBindings.PROG_TEST_RUN.callInt(program.fd(), options.address());
      BpfException.check("test run of " + program.name(), result);
      return new TestRun(
          options.get(JAVA_INT, RETVAL),
          out.asSlice(0, options.get(JAVA_INT, DATA_SIZE_OUT)).toArray(JAVA_BYTE),
          read(contextOut),
          Duration.ofNanos(options.get(JAVA_INT, DURATION)));
    }
  }

  private static void put(MemorySegment options, long at, MemorySegment buffer, long sizeAt) {
    options.set(JAVA_LONG, at, buffer.address());
    options.set(JAVA_INT, sizeAt, (int) buffer.byteSize());
  }

  private static MemorySegment write(TestContext context, MemorySegment skb) {
    skb.set(JAVA_INT, SKB_MARK, context.mark());
    skb.set(JAVA_INT, SKB_PRIORITY, context.priority());
    skb.set(JAVA_INT, SKB_IFINDEX, context.ifindex());
    skb.set(JAVA_LONG, SKB_TSTAMP, context.tstamp());
    skb.set(JAVA_INT, SKB_WIRE_LEN, context.segmentation().wireLength());
    skb.set(JAVA_INT, SKB_GSO_SEGS, context.segmentation().segments());
    skb.set(JAVA_INT, SKB_GSO_SIZE, context.segmentation().size());
    return skb;
  }

  private static TestContext read(MemorySegment skb) {
    return new TestContext(
        skb.get(JAVA_INT, SKB_MARK),
        skb.get(JAVA_INT, SKB_PRIORITY),
        skb.get(JAVA_INT, SKB_IFINDEX),
        skb.get(JAVA_LONG, SKB_TSTAMP),
        new TestContext.Segmentation(
            skb.get(JAVA_INT, SKB_GSO_SEGS),
            skb.get(JAVA_INT, SKB_GSO_SIZE),
            skb.get(JAVA_INT, SKB_WIRE_LEN)));
  }
}
