// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every key with every one of many values: the reader and the schema must agree on each, except
/// for the pairs that are listed here.
class SchemaAgreementTest {

  /// A document for each key, with `@` where its value stands.
  private static final Map<String, String> DOCUMENTS =
      Map.ofEntries(
          Map.entry("name", "{name: @, targets: [{netns: web}], faults: [{loss: 5%}]}"),
          Map.entry("targets", "{targets: @, faults: [{loss: 5%}]}"),
          Map.entry("target", "{targets: [@], faults: [{loss: 5%}]}"),
          Map.entry("netns", "{targets: [{netns: @}], faults: [{loss: 5%}]}"),
          Map.entry("pid", "{targets: [{pid: @}], faults: [{loss: 5%}]}"),
          Map.entry("container", "{targets: [{container: @}], faults: [{loss: 5%}]}"),
          Map.entry("host", "{targets: [{host: @, interface: eth0}], faults: [{loss: 5%}]}"),
          Map.entry("interface", "{targets: [{host: true, interface: @}], faults: [{loss: 5%}]}"),
          Map.entry("faults", "{targets: [{netns: web}], faults: @}"),
          Map.entry("fault", "{targets: [{netns: web}], faults: [@]}"),
          Map.entry("loss", fault("{loss: @}")),
          Map.entry("delay", fault("{delay: @}")),
          Map.entry("jitter", fault("{delay: 30s, jitter: @}")),
          Map.entry("distribution", fault("{delay: 30s, jitter: 1s, distribution: @}")),
          Map.entry("keepOrder", fault("{delay: 30s, keepOrder: @}")),
          Map.entry("reset", fault("{reset: @}")),
          Map.entry("end", fault("{reset: 5%, end: @}")),
          Map.entry("partition", fault("{partition: @}")),
          Map.entry("traffic", traffic("@")),
          Map.entry("direction", traffic("{direction: @}")),
          Map.entry("protocol", traffic("{protocol: @}")),
          Map.entry("localPorts", traffic("{localPorts: [@]}")),
          Map.entry("peerPorts", traffic("{peerPorts: [@]}")),
          Map.entry("peers", traffic("{peers: [@]}")),
          Map.entry("except", traffic("{except: [@]}")),
          Map.entry("tcpFlags", traffic("{tcpFlags: [@]}")),
          Map.entry("per", traffic("{per: @}")),
          Map.entry("duration", "{targets: [{netns: web}], faults: [{loss: 5%}], duration: @}"),
          Map.entry("seed", "{targets: [{netns: web}], faults: [{loss: 5%}], seed: @}"));

  private static final List<String> VALUES =
      List.of(
          "",
          "~",
          "null",
          "\"\"",
          "true",
          "false",
          "yes",
          "0",
          "1",
          "-1",
          "1.5",
          "1e5",
          "\"1\"",
          "443",
          "65536",
          "4194304",
          "9223372036854775808",
          "12345678",
          "5%",
          "0%",
          "100%",
          "101%",
          "-5%",
          "5 %",
          "5.%",
          "\".5%\"",
          "50ms",
          "0ms",
          "1.5s",
          "31s",
          "1h",
          "25h",
          "1m1h",
          "1d",
          "1ns",
          "0.5ns",
          "web",
          "3f2a",
          "3F2A",
          "a/b",
          "..",
          "\"a b\"",
          "\" a\"",
          "a-b_c.d",
          "egress",
          "EGRESS",
          "both",
          "tcp",
          "icmp",
          "flow",
          "syn",
          "\"!ack\"",
          "\"!\"",
          "drop",
          "normal",
          "pareto",
          "paretonormal",
          "sender",
          "8000-8100",
          "8100-8000",
          "70000-70001",
          "8000-",
          "10.0.0.1",
          "10.0.0.0/8",
          "10.0.0.1/8",
          "10.0.0.0/33",
          "\"::1\"",
          "\"fe80::1%eth0\"",
          "a.example",
          "\"*.example\"",
          "[]",
          "[1]",
          "[web]",
          "{}",
          "{netns: web}",
          "{loss: 5%}",
          "{per: flow}",
          "[{netns: web}]",
          "[{loss: 5%}]",
          "{netns: web, pid: 1}",
          "{loss: 5%, delay: 1s}",
          "{loss: 5%, jitter: 1s}",
          "{delay: 1s, distribution: normal}",
          "{netns: web, x: 1}");

  /// What only the reader refuses: a regular expression knows no numbers, no addresses and no
  /// files, and for a schema 1e5 is a whole number.
  private static final Map<String, List<String>> BEYOND_SCHEMA =
      Map.ofEntries(
          Map.entry("interface", List.of("..")),
          Map.entry("netns", List.of("..")),
          Map.entry("pid", List.of("1e5")),
          Map.entry("seed", List.of("1e5")),
          Map.entry("loss", List.of("0%", "101%")),
          Map.entry("reset", List.of("0%", "101%")),
          Map.entry("delay", List.of("0.5ns", "0ms", "1h", "25h")),
          Map.entry("jitter", List.of("0.5ns", "0ms", "1h", "25h", "31s")),
          Map.entry("distribution", List.of("a/b", "10.0.0.0/8", "10.0.0.0/33", "10.0.0.1/8")),
          Map.entry("duration", List.of("0.5ns", "0ms", "1ns", "25h", "50ms")),
          Map.entry("localPorts", List.of("70000-70001", "8100-8000")),
          Map.entry("peerPorts", List.of("70000-70001", "8100-8000")),
          Map.entry("peers", List.of("\"1\"", "..", "10.0.0.0/33", "10.0.0.1/8", "8000-", "a/b")),
          Map.entry(
              "except",
              List.of("\"1\"", "..", "10.0.0.0/33", "10.0.0.1/8", "1d", "3F2A", "3f2a", "a/b")));

  @TestFactory
  Stream<DynamicTest> readerAndSchemaJudgeEveryValueAlike() {
    return DOCUMENTS.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(key -> dynamicTest(key.getKey(), () -> judge(key.getKey(), key.getValue())));
  }

  private static void judge(String key, String document) {
    List<String> onlyRead = new ArrayList<>();
    List<String> onlyRefused = new ArrayList<>();
    for (String value : VALUES) {
      String text = document.replace("@", value);
      boolean read = isRead(text);
      boolean followsSchema = JsonSchemas.violations(text).isEmpty();
      if (read != followsSchema) {
        (read ? onlyRead : onlyRefused).add(value);
      }
    }
    assertThat(onlyRead).isEmpty();
    assertThat(onlyRefused)
        .containsExactlyInAnyOrderElementsOf(BEYOND_SCHEMA.getOrDefault(key, List.of()));
  }

  private static boolean isRead(String text) {
    try {
      ExperimentFile.parse("text", text);
      return true;
    } catch (FileException e) {
      return false;
    }
  }

  private static String fault(String fault) {
    return "{targets: [{netns: web}], faults: [" + fault + "]}";
  }

  private static String traffic(String traffic) {
    return "{targets: [{netns: web}], faults: [{loss: 5%}], traffic: " + traffic + "}";
  }
}
