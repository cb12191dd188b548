// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.pcapng;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The programs that people read captures with, where they are installed.
class CaptureToolsTest {
  /// A datagram of 4 bytes from 192.0.2.1:7 to 192.0.2.2:9.
  private static final byte[] FRAME =
      HexFormat.of()
          .parseHex(
              """
              020000000002 020000000001 0800 4500002000000000 4011b6c9 c0000201 c0000202 \
              00070009000c0000 01020304"""
                  .replace(" ", ""));

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = directory.resolve("hits.pcapng");
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      PcapngWriter writer = new PcapngWriter(channel);
      int eth0 = writer.addInterface(new CapturedInterface("eth0", "netns web", "run 1", true));
      int eth1 = writer.addInterface(new CapturedInterface("eth1", "netns db", "run 1", true));
      writer.addPacket(packet(eth0, FRAME.length, true));
      writer.addPacket(packet(eth1, 42, false));
      writer.flush();
    }
  }

  private static CapturedPacket packet(int number, int captured, boolean inbound) {
    byte[] bytes = Arrays.copyOf(FRAME, captured);
    Instant time = Instant.parse("2026-07-01T12:00:01.123456789Z");
    return new CapturedPacket(number, time, bytes, FRAME.length, inbound, "loss 5%: hit");
  }

  @Test
  void tsharkReadsEverything() throws Exception {
    String fields =
        "-T fields -e frame.interface_name -e frame.interface_description -e frame.time_epoch"
            + " -e frame.len -e frame.cap_len -e udp.dstport -e frame.comment";

    assertThat(output("tshark", "-r " + file + " " + fields))
        .containsExactly(
            "eth0\tnetns web\t1782907201.123456789\t46\t46\t9\tloss 5%: hit",
            "eth1\tnetns db\t1782907201.123456789\t46\t42\t9\tloss 5%: hit");
  }

  @Test
  void tcpdumpReadsThePackets() throws Exception {
    assertThat(output("tcpdump", "-n -tt --nano -r " + file))
        .containsExactly(
            "1782907201.123456789 IP 192.0.2.1.7 > 192.0.2.2.9: UDP, length 4",
            "1782907201.123456789 IP 192.0.2.1.7 > 192.0.2.2.9: UDP, length 4");
  }

  /// What it prints when all is well.
  private List<String> output(String tool, String arguments) throws Exception {
    assumeTrue(isThere(tool), tool + " is not installed");
    Path errors = directory.resolve("errors");
    Process process =
        new ProcessBuilder((tool + " " + arguments).split(" "))
            .redirectError(errors.toFile())
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
    return output.lines().toList();
  }

  private static boolean isThere(String tool) {
    return Arrays.stream((System.getenv("PATH") + ":/usr/sbin").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
  }
}
