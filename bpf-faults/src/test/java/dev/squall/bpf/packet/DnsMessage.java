// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.packet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// A message of DNS with one question, for the address of a name (RFC 1035 4.1).
///
/// @param flags the second 16 bits of the header: ANSWER and so on
/// @param addresses of its answers, IPv4
public record DnsMessage(int id, int flags, String name, List<String> addresses) {
  public static final int QUERY = 0x0100; // recursion desired
  public static final int ANSWER = 0x8580; // authoritative, recursion desired and available
  public static final int NXDOMAIN = 3;
  public static final int SERVFAIL = 2;

  private static final int HEADER = 12;
  private static final int MOST = 2048;
  private static final int A = 1;
  private static final int INTERNET = 1;
  private static final int POINTER_TO_QUESTION = 0xc00c;

  /// With one address, and with what EDNS adds behind it.
  public static DnsMessage answer(String name) {
    return new DnsMessage(0x1234, ANSWER, name, List.of("192.0.2.80"));
  }

  public static DnsMessage query(String name) {
    return new DnsMessage(0x1234, QUERY, name, List.of());
  }

  /// What a failure leaves of an answer.
  public DnsMessage failed(int rcode) {
    return new DnsMessage(id, (flags & ~0x060f) | rcode, name, List.of());
  }

  /// An answer to this question.
  public DnsMessage answered(String... found) {
    return new DnsMessage(id, ANSWER, name, List.of(found));
  }

  public byte[] bytes() {
    ByteBuffer message = ByteBuffer.allocate(MOST);
    message.putShort((short) id).putShort((short) flags).putShort((short) 1);
    message.putShort((short) addresses.size()).putShort((short) 0);
    message.putShort((short) (addresses.isEmpty() ? 0 : 1));
    putName(message);
    message.putShort((short) A).putShort((short) INTERNET);
    addresses.forEach(address -> putAddress(message, address));
    if (!addresses.isEmpty()) {
      message.put(new byte[] {0, 0, 41, 4, (byte) 0xd0, 0, 0, 0, 0, 0, 0}); // OPT, RFC 6891
    }
    return Arrays.copyOf(message.array(), message.position());
  }

  private void putName(ByteBuffer message) {
    if (!name.isEmpty()) {
      for (String label : name.split("\\.", -1)) {
        byte[] text = label.getBytes(StandardCharsets.US_ASCII);
        message.put((byte) text.length).put(text);
      }
    }
    message.put((byte) 0);
  }

  private static void putAddress(ByteBuffer message, String address) {
    message.putShort((short) POINTER_TO_QUESTION).putShort((short) A).putShort((short) INTERNET);
    message.putInt(60).putShort((short) 4);
    for (String part : address.split("\\.", -1)) {
      message.put((byte) Integer.parseInt(part));
    }
  }

  /// The question of a message.
  public static DnsMessage read(byte[] bytes) {
    ByteBuffer message = ByteBuffer.wrap(bytes);
    StringBuilder name = new StringBuilder();
    int at = HEADER;
    while (bytes[at] != 0) {
      name.append(name.isEmpty() ? "" : ".");
      name.append(new String(bytes, at + 1, bytes[at], StandardCharsets.US_ASCII));
      at += bytes[at] + 1;
    }
    return new DnsMessage(
        message.getShort(0) & 0xffff, message.getShort(2) & 0xffff, name.toString(), List.of());
  }
}
