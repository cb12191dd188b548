// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import dev.squall.bpf.linux.NetworkNamespace;
import dev.squall.bpf.packet.DnsMessage;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;

/// A name server that knows every name.
final class NameServer implements AutoCloseable {
  private static final int PORT = 53;
  private static final int MOST = 4096;

  private final DatagramSocket socket;

  NameServer(NetworkNamespace host, InetAddress address) {
    socket = host.call(() -> new DatagramSocket(new InetSocketAddress(address, PORT)));
    Thread.ofPlatform().daemon().start(this::keepAnswering);
  }

  private void keepAnswering() {
    DatagramPacket packet = new DatagramPacket(new byte[MOST], MOST);
    while (!socket.isClosed()) {
      try {
        packet.setData(new byte[MOST]);
        socket.receive(packet);
        byte[] question = Arrays.copyOf(packet.getData(), packet.getLength());
        packet.setData(DnsMessage.read(question).answered("192.0.2.80").bytes());
        socket.send(packet);
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new java.io.UncheckedIOException(e);
        }
      }
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
