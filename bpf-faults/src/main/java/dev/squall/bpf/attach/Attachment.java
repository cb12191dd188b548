// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.attach;

/// A program on an interface, until this closes.
public sealed interface Attachment extends AutoCloseable permits ClsactAttachment, TcxAttachment {
  /// Whether the program is still there: not when its interface has gone or somebody removed it.
  boolean isAttached();

  /// Takes the program off, from any thread. Does nothing when it is off already.
  @Override
  void close();
}
