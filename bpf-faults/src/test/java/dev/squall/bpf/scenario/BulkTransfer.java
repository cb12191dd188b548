// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/// A connection that is busy until it ends: both ends read, one or both write. The kernel tells of
/// a reset once, to whichever call comes first; after that writing is EPIPE and reading the end of
/// the stream.
final class BulkTransfer {
  private static final int CHUNK = 50_000;

  private final End client = new End();
  private final End server = new End();

  /// What the calls at one end returned last.
  private static final class End {
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean reset;

    private void keepCalling(LongSupplier call) {
      threads.add(Thread.ofPlatform().daemon().start(() -> callUntilItFails(call)));
    }

    private void callUntilItFails(LongSupplier call) {
      long result;
      do {
        result = call.getAsLong();
      } while (result > 0);
      if (result == -NativeSocket.ECONNRESET) {
        reset = true;
      }
    }

    private boolean wasReset() {
      for (Thread thread : threads) {
        Pause.untilEnd(thread);
      }
      return reset;
    }
  }

  private BulkTransfer() {}

  /// @param up whether the client writes
  /// @param down whether the server writes
  static BulkTransfer start(TcpFlow flow, boolean up, boolean down) {
    BulkTransfer transfer = new BulkTransfer();
    transfer.client.keepCalling(flow.client()::receive);
    transfer.server.keepCalling(flow.server()::receive);
    if (up) {
      transfer.client.keepCalling(() -> flow.client().sendAnything(CHUNK));
    }
    if (down) {
      transfer.server.keepCalling(() -> flow.server().sendAnything(CHUNK));
    }
    return transfer;
  }

  /// Waits for the end of the connection.
  boolean wasResetAtBothEnds() {
    return client.wasReset() && server.wasReset();
  }
}
