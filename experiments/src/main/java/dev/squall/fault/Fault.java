// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import dev.squall.target.Direction;

/// Something that happens to the packets that a traffic filter chooses.
///
/// Several faults on one target add up: a packet that one of them lets pass goes on to the next.
public sealed interface Fault
    permits Corrupt,
        Delay,
        DnsFailure,
        Duplicate,
        FourStateLoss,
        GilbertElliottLoss,
        Loss,
        MtuBlackhole,
        Partition,
        PeriodicLoss,
        Rate,
        Reorder,
        Reset {

  /// The direction in which the fault works when the traffic filter names none.
  Direction defaultDirection();

  /// The word for this kind of fault: `loss`.
  String name();

  /// The fault with its parameters, in one line: `loss 5%`.
  String describe();
}
