// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.packet;

/// What the headers carry, byte for byte.
public final class Data implements Layer {
  private final byte[] bytes;

  Data(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  @Override
  public int number() {
    return Payload.EXPERIMENTAL;
  }

  @Override
  public byte[] encode(Carried carried) {
    return bytes.clone();
  }
}
