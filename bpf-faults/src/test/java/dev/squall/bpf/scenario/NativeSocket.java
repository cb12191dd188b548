// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.scenario;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.squall.bpf.linux.Errno;
import dev.squall.bpf.linux.NativeFile;
import dev.squall.bpf.linux.NativeFunction;
import dev.squall.bpf.linux.NetworkNamespace;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A blocking socket as the kernel gives it: results are what the system call returned, or minus
/// errno, so that a test sees ECONNRESET and not an exception's wording. It stays in the network
/// namespace that it was made in, whoever uses it. Calls that can wait give up after two seconds.
final class NativeSocket implements AutoCloseable {
  static final int ECONNRESET = 104;
  static final int ETIMEDOUT = 110;
  static final int ECONNREFUSED = 111;
  static final int EINPROGRESS = 115;

  static final int SOL_SOCKET = 1;
  static final int SO_TIMESTAMPNS = 35;

  private static final int SOCK_STREAM = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int SO_REUSEADDR = 2;
  private static final int SO_RCVTIMEO = 20;
  private static final int SO_SNDTIMEO = 21;
  private static final int SO_RCVBUFFORCE = 33;
  private static final int SO_SNDBUFFORCE = 32;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int ADDRESS_BYTES = 28;
  private static final int BUFFER_BYTES = 1 << 17;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  static final NativeFunction SENDTO = libc("sendto");

  private static final NativeFunction SOCKET = libc("socket");
  private static final NativeFunction BIND = libc("bind");
  private static final NativeFunction LISTEN = libc("listen");
  private static final NativeFunction ACCEPT = libc("accept");
  private static final NativeFunction CONNECT = libc("connect");
  private static final NativeFunction SEND = libc("send");
  private static final NativeFunction RECV = libc("recv");
  private static final NativeFunction SHUTDOWN = libc("shutdown");
  private static final NativeFunction SETSOCKOPT = libc("setsockopt");
  private static final NativeFunction GETSOCKOPT = libc("getsockopt");

  private static final ThreadLocal<MemorySegment> BUFFER =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(BUFFER_BYTES));

  private final NativeFile file;

  private NativeSocket(int fd) {
    this.file = new NativeFile(fd);
    patience(PATIENCE);
  }

  static NativeFunction libc(String name) {
    return new NativeFunction(Linker.nativeLinker()::defaultLookup, name);
  }

  static NativeSocket datagram(NetworkNamespace host, Family family) {
    return open(host, family, SOCK_DGRAM);
  }

  static NativeSocket stream(NetworkNamespace host, Family family) {
    return open(host, family, SOCK_STREAM);
  }

  private static NativeSocket open(NetworkNamespace host, Family family, int type) {
    return host.call(
        () ->
            new NativeSocket(
                (int) require("socket", SOCKET.call(family.number(), type | SOCK_CLOEXEC, 0))));
  }

  /// How long a call may wait before it returns -EAGAIN.
  void patience(Duration patience) {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment time = call.allocate(16, 8);
      time.set(JAVA_LONG, 0, patience.toSeconds());
      time.set(JAVA_LONG, 8, patience.toNanosPart() / 1000);
      for (int option : new int[] {SO_RCVTIMEO, SO_SNDTIMEO}) {
        require("SO_RCVTIMEO", SETSOCKOPT.call(fd(), SOL_SOCKET, option, time.address(), 16, 0));
      }
    }
  }

  void option(int level, int option, int value) {
    try (Arena call = Arena.ofConfined()) {
      long address = call.allocateFrom(JAVA_INT, value).address();
      require("setsockopt " + option, SETSOCKOPT.call(fd(), level, option, address, 4, 0));
    }
  }

  /// Room beyond the system's limit, so that nothing is lost for want of it.
  NativeSocket withRoom(int bytes) {
    option(SOL_SOCKET, SO_RCVBUFFORCE, bytes);
    option(SOL_SOCKET, SO_SNDBUFFORCE, bytes);
    return this;
  }

  NativeSocket bind(InetSocketAddress address) {
    option(SOL_SOCKET, SO_REUSEADDR, 1);
    require("bind", BIND.call(fd(), write(address), ADDRESS_BYTES));
    return this;
  }

  NativeSocket listen(int backlog) {
    require("listen", LISTEN.call(fd(), backlog));
    return this;
  }

  /// The next connection that is waiting; an assertion fails when there is none in time.
  NativeSocket accept() {
    return new NativeSocket((int) require("accept", ACCEPT.call(fd(), 0, 0)));
  }

  /// @return 0 or minus errno
  int connect(InetSocketAddress address) {
    return (int) outcome(CONNECT.callInt(fd(), write(address), ADDRESS_BYTES));
  }

  long send(byte[] bytes) {
    MemorySegment.copy(bytes, 0, BUFFER.get(), JAVA_BYTE, 0, bytes.length);
    return sendAnything(bytes.length);
  }

  /// Sends whatever was in this thread's buffer.
  ///
  /// @param bytes at most 128 KiB
  long sendAnything(int bytes) {
    return outcome(SEND.call(fd(), BUFFER.get().address(), bytes, MSG_NOSIGNAL));
  }

  /// Sends so many bytes, or as many as go before an error.
  void sendAll(long bytes) {
    long left = bytes;
    long sent = 1;
    while (left > 0 && sent > 0) {
      sent = sendAnything((int) Math.min(left, BUFFER_BYTES));
      left -= sent;
    }
  }

  /// @return bytes, 0 at the end of the stream, or minus errno
  long receive() {
    return outcome(RECV.call(fd(), BUFFER.get().address(), BUFFER_BYTES, 0));
  }

  /// What one call receives: nothing at the end of the stream, or when nothing comes in time.
  byte[] read() {
    long received = receive();
    return received <= 0 ? new byte[0] : BUFFER.get().asSlice(0, received).toArray(JAVA_BYTE);
  }

  /// Datagrams until none comes in time.
  List<byte[]> receiveAll() {
    List<byte[]> all = new ArrayList<>();
    for (byte[] one = read(); one.length > 0; one = read()) {
      all.add(one);
    }
    return all;
  }

  /// Receives until something else than data comes.
  ///
  /// @return 0 at the end of the stream, or minus errno
  int receiveToEnd() {
    long received;
    do {
      received = receive();
    } while (received > 0);
    return (int) received;
  }

  void shutdownOutput() {
    SHUTDOWN.call(fd(), 1);
  }

  TcpInfo tcpInfo() {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment info = call.allocate(TcpInfo.BYTES, 8);
      MemorySegment length = call.allocateFrom(JAVA_INT, TcpInfo.BYTES);
      require(
          "TCP_INFO",
          GETSOCKOPT.call(
              fd(), TcpInfo.LEVEL, TcpInfo.OPTION, info.address(), length.address(), 0));
      return TcpInfo.read(info);
    }
  }

  int fd() {
    return file.fd();
  }

  /// sockaddr_in or sockaddr_in6, in the buffer.
  private long write(InetSocketAddress address) {
    byte[] bytes = address.getAddress().getAddress();
    boolean six = bytes.length == 16;
    MemorySegment place = BUFFER.get().asSlice(0, ADDRESS_BYTES).fill((byte) 0);
    ByteBuffer out = place.asByteBuffer();
    out.order(ByteOrder.nativeOrder()).putShort((short) (six ? 10 : 2));
    out.order(ByteOrder.BIG_ENDIAN).putShort((short) address.getPort());
    out.put(six ? 8 : 4, bytes);
    return place.address();
  }

  static long outcome(long result) {
    return result < 0 ? -NativeFunction.errno() : result;
  }

  private static long require(String what, long result) {
    long outcome = (int) result < 0 ? -NativeFunction.errno() : result;
    if (outcome < 0) {
      throw new AssertionError(what + ": " + Errno.text((int) -outcome));
    }
    return outcome;
  }

  @Override
  public void close() {
    file.close();
  }
}
