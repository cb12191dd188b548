// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.squall.fault.InjectionStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InjectJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Call call = new Call();

  @Test
  void everyLineIsAnEventWithSeedAndId() throws JsonProcessingException {
    call.engine.injection.reports(List.of(Reports.loss()));

    List<JsonNode> events = events("inject --netns web --loss 5% --for 3s --seed 42 -o json");

    assertThat(events)
        .extracting(event -> event.get("event").asText())
        .containsExactly("armed", "progress", "progress", "ended");
    assertThat(events)
        .allSatisfy(
            event -> {
              assertThat(event.get("seed").asLong()).isEqualTo(42);
              assertThat(event.get("id").asText()).matches("[0-9a-f]{8}");
            });
  }

  @Test
  void armedSaysWhatHasBegun() {
    call.environment.put("SSH_CONNECTION", "192.0.2.9 50022 192.0.2.1 22");
    call.engine.injection.notes(List.of("attached by tcx"));

    assertThat(
            line(
                "inject --interface eth0 --loss 5% --peer api.example.com --for 1s --seed 42"
                    + " -o json",
                0))
        .isEqualTo(
            """
            {"event":"armed","id":"ID","seed":42,"dryRun":false,"seconds":1.0,\
            "targets":["this host (eth0)"],"faults":["loss 5%"],\
            "traffic":["peer 192.0.2.7 or 2001:db8::7"],\
            "addresses":{"api.example.com":["192.0.2.7","2001:db8::7"]},\
            "spared":{"peer":"192.0.2.9","peerPort":50022,"localPort":22},\
            "notes":["attached by tcx"]}""");
  }

  @Test
  void endedHoldsWhatTheKernelCounted() {
    call.engine.injection.reports(List.of(Reports.overflowingDelay()));

    assertThat(line("inject --netns web --delay 50ms --for 1s --seed 42 -o json", 1))
        .isEqualTo(
            """
            {"event":"ended","id":"ID","seed":42,"dryRun":false,"reason":"duration",\
            "uncoveredSeconds":0.0,"rules":[{"fault":"delay","parameters":"delay 50ms",\
            "direction":"egress","interface":"eth0","target":"netns web",\
            "matched":1000,"matchedSegments":1000,"hit":997,"hitSegments":997,\
            "hitBytes":1495500,"overflow":3,"marked":0,"nameless":0,\
            "firstHit":"2026-07-01T12:00:01Z","lastHit":"2026-07-01T12:00:09.500Z",\
            "share":0.997,\
            "delayP50":50.07,"delayP99":50.326}],\
            "findings":["overflow: 3 packets on egress of eth0 passed without delay,\
             because the line could not hold them: send less or delay less"]}""");
  }

  @Test
  void aPacketThatWasHitIsAnEvent() {
    call.engine.injection.hits(Reports.lostSegments("192.0.2.1", "192.0.2.2"), Reports.lostEcho());
    String words = "inject --netns web --loss 5% --for 1s --seed 42 -o json --packets";

    assertThat(line(words, 1))
        .isEqualTo(
            """
            {"event":"packet","id":"ID","seed":42,"dryRun":false,\
            "time":"2026-07-01T12:00:01.500Z","fault":"loss","parameters":"loss 5%",\
            "direction":"egress","interface":"eth0","target":"netns web",\
            "protocol":"tcp","source":"192.0.2.1","sourcePort":80,\
            "destination":"192.0.2.2","destinationPort":40112,\
            "bytes":4410,"segments":3,"tcpFlags":["psh","ack"]}""");
    assertThat(call.out())
        .contains(
            "\"protocol\":\"icmp\",\"source\":\"192.0.2.1\",\"destination\":\"192.0.2.2\","
                + "\"bytes\":98,\"segments\":1,\"tcpFlags\":[]}");
  }

  @Test
  void aChanceHasAnInterval() {
    call.engine.injection.reports(List.of(Reports.loss()));

    assertThat(line("inject --netns web --loss 5% --for 1s -o json", 1))
        .contains("\"share\":0.052,\"shareLow\":0.0398730,\"shareHigh\":0.0675557}");
  }

  @Test
  void aStoppedRunSaysSo() throws JsonProcessingException {
    call.engine.injection.statuses(InjectionStatus.STOPPED);

    assertThat(ended().get("reason").asText()).isEqualTo("stopped");
  }

  @Test
  void aLostLeaseSaysHowLongTheFaultWasOff() throws JsonProcessingException {
    call.engine.injection.statuses(InjectionStatus.LEASE_LOST).uncovered(Duration.ofMillis(3_200));

    JsonNode ended = ended();

    assertThat(ended.get("reason").asText()).isEqualTo("lease-lost");
    assertThat(ended.get("uncoveredSeconds").asDouble()).isEqualTo(3.2);
  }

  private JsonNode ended() throws JsonProcessingException {
    return events("inject --netns web --loss 5% -o json").getLast();
  }

  private String line(String words, int number) {
    call.squall(words);
    return call.out()
        .lines()
        .toList()
        .get(number)
        .replaceFirst("\"id\":\"[0-9a-f]{8}\"", "\"id\":\"ID\"")
        .replaceAll("(\"share[^\"]*\":0\\.\\d{7})\\d+", "$1");
  }

  private List<JsonNode> events(String words) throws JsonProcessingException {
    call.squall(words);
    List<JsonNode> events = new ArrayList<>();
    for (String line : call.out().lines().toList()) {
      events.add(JSON.readTree(line));
    }
    return events;
  }
}
