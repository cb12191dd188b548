// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A rtnetlink(7) socket. It speaks to the network namespace of the thread that opened it.
final class NetlinkSocket implements AutoCloseable {
  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW = 3;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int NETLINK_ROUTE = 0;
  private static final int SOL_NETLINK = 270;
  private static final int NETLINK_CAP_ACK = 10;
  private static final int NETLINK_EXT_ACK = 11;
  private static final int NLMSG_ERROR = 2;
  private static final int NLMSG_DONE = 3;
  private static final int NLM_F_DUMP = 0x300;
  private static final int NLM_F_ACK_TLVS = 0x200;
  private static final int NLMSGERR_ATTR_MSG = 1;
  private static final int NLMSGERR_BYTES = 4 + NetlinkRequest.HEADER_BYTES;
  private static final int RECEIVE_BYTES = 1 << 16;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment received = NativeFile.reserve(RECEIVE_BYTES, arena);
  private final NativeFile socket;

  NetlinkSocket() {
    int opened = Libc.SOCKET.callInt(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    socket = new NativeFile(Libc.check("opening a netlink socket", opened));
    switchOn(NETLINK_EXT_ACK);
    switchOn(NETLINK_CAP_ACK);
  }

  /// Before kernel 4.12 an option is unknown and errors come without an explanation.
  private void switchOn(int option) {
    MemorySegment one = arena.allocateFrom(ValueLayout.JAVA_INT, 1);
    Libc.SETSOCKOPT.call(socket.fd(), SOL_NETLINK, option, one.address(), 4, 0);
  }

  /// Sends all messages in one go and waits until the kernel has dealt with the last.
  ///
  /// @param operation what is being done, for the message of an exception
  void execute(String operation, NetlinkRequest request) {
    send(operation, request.acknowledged());
    RuntimeException first = null;
    while (true) {
      for (NetlinkMessage message : receive(operation)) {
        first = first == null ? failure(operation, message) : first;
        if (message.sequence() == request.lastSequence() && message.type() == NLMSG_ERROR) {
          if (first != null) {
            throw first;
          }
          return;
        }
      }
    }
  }

  /// All answers to a request for a list.
  List<NetlinkMessage> dump(String operation, NetlinkRequest request) {
    send(operation, request.toBytes());
    List<NetlinkMessage> answers = new ArrayList<>();
    while (true) {
      for (NetlinkMessage message : receive(operation)) {
        RuntimeException failure = failure(operation, message);
        if (failure != null) {
          throw failure;
        }
        if (message.type() == NLMSG_DONE) {
          return answers;
        }
        answers.add(message);
      }
    }
  }

  /// A request for a list, to which the fixed header of that kind of message is still to be added.
  static NetlinkRequest list(int type) {
    return new NetlinkRequest().message(type, NLM_F_DUMP);
  }

  private void send(String operation, byte[] bytes) {
    try (Arena sending = Arena.ofConfined()) {
      MemorySegment copy = sending.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
      long sent = Libc.SEND.call(socket.fd(), copy.address(), bytes.length, 0);
      Libc.check(operation, sent);
    }
  }

  /// Copies, as the answers outlive the next call.
  private List<NetlinkMessage> receive(String operation) {
    long length = Libc.RECV.call(socket.fd(), received.address(), RECEIVE_BYTES, 0);
    Libc.check(operation, length);
    byte[] copy = received.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    return NetlinkMessage.split(ByteBuffer.wrap(copy).order(ByteOrder.nativeOrder()));
  }

  private static @Nullable RuntimeException failure(String operation, NetlinkMessage message) {
    if (message.type() != NLMSG_ERROR || message.body().getInt(0) == 0) {
      return null;
    }
    String detail = null;
    if ((message.flags() & NLM_F_ACK_TLVS) != 0) {
      Map<Integer, ByteBuffer> explanation = message.attributes(NLMSGERR_BYTES);
      ByteBuffer text = explanation.get(NLMSGERR_ATTR_MSG);
      detail = text == null ? null : NetlinkMessage.text(text);
    }
    return LinuxException.of(operation, -message.body().getInt(0), detail, Capability.NET_ADMIN);
  }

  @Override
  public void close() {
    socket.close();
    arena.close();
  }
}
