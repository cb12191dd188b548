// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import dev.squall.experiment.Experiment;
import dev.squall.fault.RunIdentity;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One experiment as it is about to run: names resolved, seed drawn.
///
/// `addresses` holds the addresses of each host name among the peers, in the order asked. `audit`
/// is where packets hit are written; null when nobody asks for it.
record RunPlan(
    Experiment experiment,
    RunIdentity identity,
    Map<String, List<InetAddress>> addresses,
    Places places,
    @Nullable AuditFile audit) {}
