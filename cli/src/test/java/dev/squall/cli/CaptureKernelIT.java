// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.squall.cli.pcapng.CaptureFile;
import dev.squall.cli.pcapng.CaptureFile.Packet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `--audit` with packets of this kernel: the file against what was sent.
class CaptureKernelIT {
  private static final HexFormat HEX = HexFormat.of();
  private static final int CAPTURED = 128;
  private static final int VLAN_TAG = 4;
  private static final int RAW_IP = 101;

  /// From an address that no interface has, to tell them from what the kernel sends by itself.
  private static final String SENDER = "02aaaaaaaaaa";

  private static final String ADDRESSES = "02bbbbbbbbbb" + SENDER;
  private static final String TCP4 =
      "4500003c00004000400600000a4e00010a4e0002 9c4001bb 00000001 00000002 50180100 00000000"
          + "00".repeat(20);
  private static final String UDP4 =
      "450000e400004000401100000a4e00010a4e0002 9c400035 00d00000" + "5a".repeat(200);
  private static final String UDP6 =
      "6000000001341140 fd000000000000000000000000000001 fd000000000000000000000000000002"
          + "9c400035 01340000"
          + "a5".repeat(300);

  private static final List<byte[]> FRAMES =
      List.of(
          frame("0800" + TCP4),
          frame("0800" + UDP4),
          frame("86dd" + UDP6),
          frame("81006007 0800" + TCP4),
          frame("81000007 0800" + UDP4),
          frame("88a80009 81000007 86dd" + UDP6));

  private final ObjectMapper json = new ObjectMapper();
  @TempDir private Path directory;
  private Path file;
  private HostPair hosts;

  @BeforeEach
  void connectTwoHosts() throws Exception {
    file = directory.resolve("hits.pcapng");
    hosts = new HostPair("audit");
  }

  @AfterEach
  void removeThem() throws Exception {
    hosts.remove();
  }

  private static byte[] frame(String hex) {
    return HEX.parseHex((ADDRESSES + hex).replace(" ", ""));
  }

  /// As they are, past all protocols.
  private static Process send(String host, List<byte[]> frames, int times) throws IOException {
    String program =
        """
        import socket, sys, time
        s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
        s.bind(("eth0", 0))
        for i in range(int(sys.argv[1])):
          for frame in sys.argv[2:]:
            s.send(bytes.fromhex(frame))
        """;
    List<String> command =
        List.of("ip", "netns", "exec", host, "python3", "-c", program, "" + times);
    List<String> hex = frames.stream().map(HEX::formatHex).toList();
    return new ProcessBuilder(
            java.util.stream.Stream.concat(command.stream(), hex.stream()).toList())
        .inheritIO()
        .start();
  }

  private InjectProcess inject(String options) throws IOException {
    return InjectProcess.start("--netns %s --audit %s %s".formatted(hosts.target(), file, options));
  }

  @Test
  void theFileHoldsTheFirstBytesOfEveryPacketHitEachWay() throws Exception {
    JsonNode ended;
    try (InjectProcess run = inject("--loss 100% --direction both")) {
      assertThat(send(hosts.target(), FRAMES, 1).waitFor()).isZero();
      assertThat(send(hosts.peer(), FRAMES, 1).waitFor()).isZero();
      ended = json.readTree(run.end());
    }
    CaptureFile capture = CaptureFile.read(file);

    assertThat(capture.interfaces())
        .containsExactly(
            new CaptureFile.Interface(1, "eth0", "netns " + hosts.target(), comment(ended)));
    assertSent(capture, 2, "egress");
    assertSent(capture, 1, "ingress");
    long hits =
        IntStream.range(0, 2).mapToLong(i -> ended.at("/rules/" + i + "/hit").asLong()).sum();
    assertThat(hits).isGreaterThanOrEqualTo(2L * FRAMES.size());
    assertThat(capture.packets()).hasSize((int) hits);
    assertThat(ended.at("/audit/hits").asLong()).isEqualTo(hits);
    assertThat(ended.at("/audit/written").asLong()).isEqualTo(hits);
    assertThat(ended.at("/audit/file").asText()).isEqualTo(file.toString());
    assertThat(ended.get("findings")).isEmpty();
  }

  private static String comment(JsonNode event) {
    return "run %s, seed %s".formatted(event.get("id").asText(), event.get("seed").asText());
  }

  private void assertSent(CaptureFile capture, int direction, String word) {
    List<Packet> sent =
        capture.packets().stream()
            .filter(packet -> packet.direction() == direction)
            .filter(packet -> HEX.formatHex(packet.bytes(), 6, 12).equals(SENDER))
            .toList();
    assertThat(sent).hasSize(FRAMES.size());
    for (int i = 0; i < FRAMES.size(); i++) {
      byte[] frame = FRAMES.get(i);
      byte[] bytes = sent.get(i).bytes();
      assertThat(bytes).isEqualTo(Arrays.copyOf(frame, bytes.length));
      assertThat(bytes.length)
          .isBetween(Math.min(frame.length, CAPTURED), Math.min(frame.length, CAPTURED + VLAN_TAG));
      assertThat(sent.get(i).length()).isEqualTo(frame.length);
      assertThat(sent.get(i).comment())
          .isEqualTo("loss 100%% on %s of netns %s (eth0): hit", word, hosts.target());
    }
  }

  @Test
  void aDryRunRecordsWhatPasses() throws Exception {
    try (InjectProcess run = inject("--loss 100% --direction ingress --dry-run")) {
      assertThat(send(hosts.peer(), FRAMES.subList(0, 1), 1000).waitFor()).isZero();
      JsonNode ended = json.readTree(run.end());
      assertThat(ended.at("/rules/0/hit").asLong()).isGreaterThanOrEqualTo(1000);
      assertThat(ended.at("/audit/written")).isEqualTo(ended.at("/rules/0/hit"));
    }
    assertThat(CaptureFile.read(file).packets())
        .hasSizeGreaterThanOrEqualTo(1000)
        .allSatisfy(
            packet -> assertThat(packet.comment()).endsWith(": would have been hit (dry run)"));
  }

  /// In the middle of more packets: what was written before is there, and no block is cut.
  @Test
  void theFileOfARunThatWasKilledCanBeRead() throws Exception {
    try (InjectProcess run = inject("--loss 100%")) {
      assertThat(send(hosts.target(), FRAMES, 500).waitFor()).isZero();
      awaitQuiet();
      assertThat(CaptureFile.read(file).packets())
          .as("while it runs")
          .hasSizeGreaterThanOrEqualTo(500 * FRAMES.size());
      Process more = send(hosts.target(), FRAMES, 1_000_000);
      Thread.sleep(500);
      run.kill();
      more.destroyForcibly();
    }
    assertThat(CaptureFile.read(file).packets())
        .hasSizeGreaterThan(500 * FRAMES.size())
        .extracting(Packet::comment)
        .containsOnly("loss 100%% on egress of netns %s (eth0): hit".formatted(hosts.target()));
  }

  /// Until all is written that is to be written by itself.
  private void awaitQuiet() throws Exception {
    long before;
    do {
      before = Files.size(file);
      Thread.sleep(1000);
    } while (Files.size(file) != before);
  }

  @Test
  void packetsOfADeviceWithoutEthernetAreBareIp() throws Exception {
    String target = hosts.target();
    HostPair.run("ip -n %s tuntap add dev tun0 mode tun".formatted(target));
    HostPair.run("ip -n %s addr add 10.79.0.1/24 dev tun0".formatted(target));
    HostPair.run("ip -n %s link set tun0 up".formatted(target));
    try (InjectProcess run = inject("--interface tun0 --loss 100% --protocol icmp")) {
      HostPair.output("ip netns exec %s ping -c 2 -i 0.1 -W 0.1 10.79.0.2".formatted(target));
      assertThat(json.readTree(run.end()).at("/audit/written").asLong()).isEqualTo(2);
    }
    CaptureFile capture = CaptureFile.read(file);
    assertThat(capture.interfaces().getFirst().linkType()).isEqualTo(RAW_IP);
    assertThat(capture.packets())
        .hasSize(2)
        .allSatisfy(
            packet -> {
              assertThat(HEX.formatHex(packet.bytes(), 0, 2)).isEqualTo("4500");
              assertThat(HEX.formatHex(packet.bytes(), 12, 20)).isEqualTo("0a4f00010a4f0002");
              assertThat(packet.bytes()).hasSize(84);
            });
  }
}
