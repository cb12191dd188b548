// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import dev.squall.bpf.TwoHosts;
import dev.squall.cli.demo.DemoNetwork;
import dev.squall.target.Target;
import java.net.InetAddress;
import java.util.concurrent.Callable;

/// The tour's two hosts. A process stands on the server, so that faults can name the server by it;
/// it ends with this one, as it reads what nobody writes.
final class BpfDemoNetwork implements DemoNetwork {
  private final TwoHosts hosts;
  private final Process inhabitant;

  private BpfDemoNetwork(TwoHosts hosts, Process inhabitant) {
    this.hosts = hosts;
    this.inhabitant = inhabitant;
  }

  static BpfDemoNetwork open() {
    TwoHosts hosts = TwoHosts.connect();
    try {
      return new BpfDemoNetwork(hosts, hosts.onServer(() -> new ProcessBuilder("cat").start()));
    } catch (RuntimeException | Error e) {
      hosts.close();
      throw e;
    }
  }

  @Override
  public Target server() {
    return new Target.Process((int) inhabitant.pid(), TwoHosts.networkInterface());
  }

  @Override
  public InetAddress serverAddress() {
    return TwoHosts.serverAddress();
  }

  @Override
  public <T> T onServer(Callable<T> work) {
    return hosts.onServer(work);
  }

  @Override
  public <T> T onClient(Callable<T> work) {
    return hosts.onClient(work);
  }

  @Override
  public void close() {
    inhabitant.destroy();
    hosts.close();
  }
}
