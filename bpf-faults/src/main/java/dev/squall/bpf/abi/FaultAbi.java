// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.abi;

/// The numbers of `fault_abi.h`.
public final class FaultAbi {
  /// Raised whenever a layout changes.
  public static final int VERSION = 8;

  /// Rules per interface and direction.
  public static final int RULES = 64;

  /// Experiments per process and interface.
  public static final int EXPERIMENTS = 16;

  /// Sets of ports that rules can tell apart.
  public static final int PORT_CLASSES = 256;

  /// Buckets of a delay histogram.
  public static final int BUCKETS = 2560;

  /// States of a Markov chain.
  public static final int STATES = 4;

  /// Steps of a delay law.
  public static final int QUANTILES = 4096;

  /// Of one standard deviation in a normal score; 0 is in the middle of 32 bits.
  public static final int SCORE_BITS = 28;

  /// Packets that can wait at once.
  public static final int SLOTS = 65536;

  /// Delays that can wait at once.
  public static final int GROUPS = 4096;

  /// Packets on their way to the hook again.
  public static final int NAME_BYTES = 256;

  public static final int COPIES = 16384;

  /// Bytes of a packet that are recorded.
  public static final int CAPTURE = 128;

  public static final int FEATURE_QUESTIONS = 1;
  public static final int FEATURE_SERVERS = 2;
  public static final int FEATURE_PLACES = 4;
  public static final int FEATURE_LAWS = 8;
  public static final int FEATURE_BUDGET = 16;
  public static final int FEATURE_RESET = 32;
  public static final int FEATURE_DAMAGE = 64;
  public static final int FEATURE_MULTIPLY = 128;
  public static final int FEATURE_WAIT = 256;
  public static final int FEATURE_REJECT = 512;
  public static final int FEATURE_ALL = 1023;

  public static final int EGRESS = 0;
  public static final int INGRESS = 1;
  public static final int DIRECTIONS = 2;

  public static final int STAGE_LOSE = 0;
  public static final int STAGE_SEVER = 1;
  public static final int STAGE_DAMAGE = 2;
  public static final int STAGE_MULTIPLY = 3;
  public static final int STAGE_QUEUE = 4;
  public static final int STAGE_WAIT = 5;
  public static final int STAGES = 6;

  public static final int PROTOCOLS = 4;

  public static final int AXIS_HOST4 = 1;
  public static final int AXIS_PREFIX4 = 2;
  public static final int AXIS_HOST6 = 4;
  public static final int AXIS_PREFIX6 = 8;
  public static final int AXIS_PEER_PORT = 16;
  public static final int AXIS_LOCAL_PORT = 32;
  public static final int AXIS_TCP_FLAGS = 64;

  /// Bytes that struct tap_label puts in place of the MAC addresses.
  public static final int TAP_MAGIC = 0x5a1e;

  private FaultAbi() {}
}
