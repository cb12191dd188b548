// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import java.util.Locale;

/// Whether a receiver can notice that a packet was corrupted.
public enum CorruptMode {
  /// The checksum does not fit any more: the receiver drops the packet.
  DETECTABLE,

  /// The checksum fits: the application gets what nobody sent.
  SILENT;

  /// The word for it in files and on the command line.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
