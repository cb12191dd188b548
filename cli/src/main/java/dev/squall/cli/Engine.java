// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import dev.squall.cli.cluster.Cluster;
import dev.squall.cli.cluster.ClusterChoice;
import dev.squall.cli.demo.DemoNetwork;
import dev.squall.experiment.FaultInjector;
import dev.squall.experiment.Ticker;
import dev.squall.fault.HostSupport;
import dev.squall.fault.RunRegistry;
import dev.squall.target.NameResolver;
import java.io.InputStream;
import java.time.InstantSource;

/// Everything that the verbs want from the system, behind the ports of the domain.
///
/// Each method makes its object when called, and verbs call only what they need, so that native
/// code is not loaded for a question that it has no part in.
public interface Engine {
  /// Makes faults happen.
  FaultInjector faultInjector();

  /// Knows what runs on this host, in whichever process.
  RunRegistry runRegistry();

  /// Knows what this host's kernel and libraries can do.
  HostSupport hostSupport();

  /// Finds the addresses of a name on the network of the caller.
  NameResolver nameResolver();

  /// Makes the two network namespaces of the guided tour; whoever asks closes them.
  DemoNetwork demoNetwork();

  /// Connects to a Kubernetes cluster.
  Cluster cluster(ClusterChoice choice);

  /// Standard input, for the verbs that take a file from there.
  default InputStream input() {
    return System.in;
  }

  /// The clock by which runs are timed.
  default Ticker ticker() {
    return Ticker.system();
  }

  /// The time of day, to say how long something still runs.
  default InstantSource clock() {
    return InstantSource.system();
  }
}
