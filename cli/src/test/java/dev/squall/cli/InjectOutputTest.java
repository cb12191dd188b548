// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.cli.console.ExitStatus;
import dev.squall.fault.InjectionStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class InjectOutputTest {
  private final Call call = new Call();

  @Test
  void plainLinesTellArmedProgressAndEnd() {
    call.engine.injection.reports(List.of(Reports.loss())).notes(List.of("attached by tcx"));

    call.squall("inject --netns web --loss 5% --protocol tcp --peer-port 443 --for 12s --seed 42");

    assertThat(out())
        .isEqualTo(
            """
            armed ID: loss 5% on egress of netns web (eth0), tcp, peer port 443, for 12s (seed 42)
              attached by tcx
            7s left: loss 5% egress eth0 matched 1,000 hit 52
            2s left: loss 5% egress eth0 matched 1,000 hit 52
            ended ID: its 12s are over (seed 42)
            FAULT    DIRECTION  INTERFACE  MATCHED  HIT           SHARE (95 %)     BYTES
            loss 5%  egress     eth0         1,000   52  5.20 % (3.99 to 6.76)  76.2 KiB
            """);
  }

  @Test
  void segmentsAndDelaysHaveColumnsWhereThereAreAny() {
    call.engine.injection.reports(
        List.of(Reports.lossOfLargePackets(), Reports.overflowingDelay()));

    call.squall("inject --netns web --loss 5% --delay 50ms --for 1s --seed 42");

    assertThat(out())
        .isEqualTo(
            """
            armed ID: loss 5% on egress and delay 50ms on egress of netns web (eth0), for 1s (seed 42)
            ended ID: its 1s are over (seed 42)
            FAULT       DIRECTION  INTERFACE  MATCHED  HIT           SHARE (95 %)      SEGMENTS     BYTES  DELAY P50       P99
            loss 5%     egress     eth0         1,000   52  5.20 % (3.99 to 6.76)   70 of 1,500  76.2 KiB          -         -
            delay 50ms  egress     eth0         1,000  997                99.70 %  997 of 1,000   1.4 MiB   50.07 ms  50.33 ms
            overflow: 3 packets on egress of eth0 passed without delay, because the line could not hold them: send less or delay less
            """);
  }

  @Test
  void whatFaredOtherwiseIsTold() {
    call.engine.injection.reports(List.of(Reports.fullRate(), Reports.fullRate()));

    call.squall("inject --netns web --rate 10mbit --for 1s --seed 42");

    assertThat(out())
        .endsWith(
            """
            overflow: 3 packets on egress of eth0 were dropped, because the backlog was full
            marked: 2 packets on egress of eth0 told their receiver of the congestion (ECN) instead
            overflow: 3 packets on egress of eth0 were dropped, because the backlog was full
            marked: 2 packets on egress of eth0 told their receiver of the congestion (ECN) instead
            nameless: 4 flows on eth0 of netns web passed, because the name of their server could not be read
            """);
  }

  @Test
  void aShareThatWasAdjustedIsTold() {
    call.engine.injection.reports(List.of(Reports.loss()));

    call.squall("inject --netns web --loss 3% --for 1s --seed 42");

    assertThat(out())
        .endsWith(
            "adjusted: loss 5% on egress of eth0 had another share before, and the figures are of both\n");
  }

  @Test
  void aSpentBudgetIsTold() {
    call.engine.injection.statuses(InjectionStatus.SPENT);

    call.squall(
        "inject --netns web --loss 5% --max-packets 1000 --max-flows 10 --max-share 5%/10s --seed 42");

    assertThat(out())
        .contains("ended ID: its budget of 1000 packets, 10 flows, 5%/10s is spent (seed 42)\n");
  }

  @Test
  void aRunThatMatchedNothingSaysWhatToCheck() {
    call.engine.injection.reports(List.of(Reports.silence()));

    call.squall("inject --netns web --loss 5% --protocol udp --peer-port 53 --for 1s --seed 42");

    assertThat(out())
        .endsWith(
            """
            FAULT    DIRECTION  INTERFACE  MATCHED  HIT  SHARE (95 %)  BYTES
            loss 5%  egress     eth0             0    0             -    0 B
            matched no packet: check that traffic flows through eth0 in this direction (seen from the target), and whether it fits: udp, peer port 53
            """);
  }

  @Test
  void flowsThatAreDecidedHaveNoShareOfPackets() {
    call.engine.injection.reports(List.of(Reports.loss()));

    call.squall("inject --netns web --loss 5% --per flow --for 1s --seed 42");

    assertThat(out())
        .endsWith(
            """
            FAULT    DIRECTION  INTERFACE  MATCHED  HIT  SHARE (95 %)     BYTES
            loss 5%  egress     eth0         1,000   52      per flow  76.2 KiB
            """);
  }

  @Test
  void aDryRunSaysWhatWouldHaveBeenHit() {
    call.engine.injection.reports(List.of(Reports.loss()));

    call.squall("inject --netns web --loss 5% --for 1s --seed 42 --dry-run");

    assertThat(out())
        .isEqualTo(
            """
            armed ID: loss 5% on egress of netns web (eth0), for 1s (seed 42)
              dry run: packets are counted, none is touched
            ended ID: its 1s are over (seed 42)
            FAULT    DIRECTION  INTERFACE  MATCHED  WOULD HAVE BEEN HIT           SHARE (95 %)     BYTES
            loss 5%  egress     eth0         1,000                   52  5.20 % (3.99 to 6.76)  76.2 KiB
            """);
  }

  @Test
  void packetsThatWereHitAreShownOnRequest() {
    call.engine.injection.hits(
        Reports.lostSegments("192.0.2.1", "192.0.2.2"),
        Reports.lostSegments("2001:db8::1", "2001:db8::2"),
        Reports.lostEcho());

    call.squall("inject --netns web --loss 5% --for 1s --packets");

    assertThat(out().lines().filter(line -> line.startsWith("packet ")))
        .containsExactly(
            "packet 12:00:01.500000Z loss 5% on egress of netns web (eth0): tcp 192.0.2.1:80 > 192.0.2.2:40112, psh,ack, 4,410 B, 3 segments",
            "packet 12:00:01.500000Z loss 5% on egress of netns web (eth0): tcp [2001:db8::1]:80 > [2001:db8::2]:40112, psh,ack, 4,410 B, 3 segments",
            "packet 12:00:02.000000Z loss 5% on egress of netns web (eth0): icmp 192.0.2.1 > 192.0.2.2, 98 B");
  }

  @Test
  void packetsAreNotShownUnasked() {
    call.engine.injection.hits(Reports.lostEcho());

    call.squall("inject --netns web --loss 5% --for 1s");

    assertThat(out()).doesNotContain("packet 12:");
  }

  @Test
  void anotherProcessMayHaveStoppedIt() {
    call.engine.injection.statuses(InjectionStatus.ACTIVE, InjectionStatus.STOPPED);

    assertThat(call.squall("inject --netns web --loss 5% --seed 42")).isEqualTo(ExitStatus.OK);
    assertThat(out()).contains("ended ID: stopped by squall stop (seed 42)\n");
  }

  @Test
  void aLostLeaseSaysHowLongTheFaultWasOff() {
    call.engine
        .injection
        .statuses(InjectionStatus.ACTIVE, InjectionStatus.LEASE_LOST)
        .uncovered(Duration.ofMillis(3_200));

    assertThat(call.squall("inject --netns web --loss 5% --seed 42")).isEqualTo(ExitStatus.OK);
    assertThat(out())
        .contains(
            "ended ID: lease lost: this process did not run for a while, so the kernel ended the"
                + " fault; it had been off for 3.2s (seed 42)\n");
  }

  @Test
  void theSshSessionIsSparedOnThisHost() {
    call.environment.put("SSH_CONNECTION", "192.0.2.9 50022 192.0.2.1 22");

    call.squall("inject --interface eth0 --loss 5% --for 1s");

    assertThat(out())
        .contains(
            "  spared: your SSH session from 192.0.2.9 port 50022 (--include-ssh hits it too)\n");
    assertThat(call.engine.injector.identities().getFirst().exemption()).isNotNull();
  }

  @Test
  void theSshSessionIsHitOnRequest() {
    call.environment.put("SSH_CONNECTION", "192.0.2.9 50022 192.0.2.1 22");

    call.squall("inject --interface eth0 --loss 5% --for 1s --include-ssh");

    assertThat(out()).doesNotContain("SSH");
    assertThat(call.engine.injector.identities().getFirst().exemption()).isNull();
  }

  private String out() {
    assertThat(call.err()).isEmpty();
    return call.out().replaceAll("(armed|ended) [0-9a-f]{8}", "$1 ID");
  }
}
