// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

import java.util.List;

/// What this machine offers to fault injection.
public interface HostSupport {

  /// Examines the machine and changes nothing that outlives the call.
  List<HostCheck> checks();
}
