// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.demo;

import java.time.Duration;

/// What one attempt to read the page came to.
sealed interface Visit permits Visit.Failed, Visit.Served {
  /// The page came, so long after the connection was asked for.
  record Served(Duration time) implements Visit {}

  /// It did not come, in the words of the operating system.
  record Failed(String reason) implements Visit {}
}
