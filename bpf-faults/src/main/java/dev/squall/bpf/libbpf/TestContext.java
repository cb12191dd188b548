// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.libbpf;

/// The fields of `struct __sk_buff` that a test run can set, and what they are afterwards. The
/// kernel refuses to set any other (hash, protocol, vlan, queue_mapping …).
///
/// @param mark the packet's mark
/// @param priority the packet's priority, which chooses a class of an HTB queue
/// @param ifindex the interface it is on, which must exist in the calling thread's network
///   namespace; 0 leaves the kernel's choice, `lo`
/// @param tstamp departure time in nanoseconds of the monotonic clock
/// @param segmentation what makes it one packet for many
public record TestContext(
    int mark, int priority, int ifindex, long tstamp, Segmentation segmentation) {
  /// Nothing set.
  public static final TestContext EMPTY = new TestContext(0, 0, 0, 0, new Segmentation(0, 0, 0));

  /// How a large packet is to be cut.
  ///
  /// @param segments `gso_segs`, 0 to 65535
  /// @param size `gso_size`, payload bytes of each segment
  /// @param wireLength `wire_len`, bytes of all segments with their headers; 0 or at least the
  ///   length of the packet
  public record Segmentation(int segments, int size, int wireLength) {}

  public TestContext withMark(int value) {
    return new TestContext(value, priority, ifindex, tstamp, segmentation);
  }

  public TestContext withPriority(int value) {
    return new TestContext(mark, value, ifindex, tstamp, segmentation);
  }

  public TestContext withIfindex(int value) {
    return new TestContext(mark, priority, value, tstamp, segmentation);
  }

  public TestContext withTstamp(long value) {
    return new TestContext(mark, priority, ifindex, value, segmentation);
  }

  public TestContext withSegmentation(int segments, int size, int wireLength) {
    Segmentation changed = new Segmentation(segments, size, wireLength);
    return new TestContext(mark, priority, ifindex, tstamp, changed);
  }
}
