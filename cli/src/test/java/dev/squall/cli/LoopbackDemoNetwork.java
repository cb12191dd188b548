// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import dev.squall.cli.demo.DemoNetwork;
import dev.squall.target.Target;
import java.net.InetAddress;
import java.util.concurrent.Callable;

/// Server and client in the namespace of the test itself.
final class LoopbackDemoNetwork implements DemoNetwork {
  @Override
  public Target server() {
    return new Target.NamedNetns("squall-demo", "eth0");
  }

  @Override
  public InetAddress serverAddress() {
    return InetAddress.getLoopbackAddress();
  }

  @Override
  public <T> T onServer(Callable<T> work) throws Exception {
    return work.call();
  }

  @Override
  public <T> T onClient(Callable<T> work) throws Exception {
    return work.call();
  }

  @Override
  public void close() {}
}
