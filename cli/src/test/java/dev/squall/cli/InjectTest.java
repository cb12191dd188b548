// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.cli.console.ExitStatus;
import dev.squall.experiment.Experiment;
import dev.squall.fault.Delay;
import dev.squall.fault.Distribution;
import dev.squall.fault.DistributionTable;
import dev.squall.fault.FaultException;
import dev.squall.fault.Jitter;
import dev.squall.fault.Loss;
import dev.squall.fault.NamedDistribution;
import dev.squall.fault.Partition;
import dev.squall.fault.PartitionMode;
import dev.squall.fault.Reset;
import dev.squall.fault.ResetEnd;
import dev.squall.target.Direction;
import dev.squall.target.FlowFilter;
import dev.squall.target.IpPrefix;
import dev.squall.target.Peer;
import dev.squall.target.Peers;
import dev.squall.target.PortRange;
import dev.squall.target.Ports;
import dev.squall.target.Protocol;
import dev.squall.target.Selection;
import dev.squall.target.Target;
import dev.squall.target.TcpFlags;
import dev.squall.target.TrafficFilter;
import dev.squall.unit.Percentage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class InjectTest {
  private final Call call = new Call();

  @Test
  void whatIsNotSaidHasTheDocumentedDefault() {
    assertThat(call.squall("inject --netns web --loss 5%")).isEqualTo(ExitStatus.OK);

    assertThat(injected())
        .isEqualTo(
            new Experiment(
                null,
                List.of(new Target.NamedNetns("web", null)),
                List.of(new Loss(Percentage.parse("5%"))),
                TrafficFilter.ANY,
                Duration.ofSeconds(60),
                null));
  }

  @Test
  void severalFaultsAddUp() {
    call.squall(
        "inject --pid 42 --loss 5% --loss 1% --delay 50ms --jitter 10ms --distribution normal"
            + " --keep-order --reset --reset-end sender --partition reject");

    assertThat(injected().faults())
        .containsExactly(
            new Loss(Percentage.parse("5%")),
            new Loss(Percentage.parse("1%")),
            new Delay(
                Duration.ofMillis(50),
                new Jitter(Duration.ofMillis(10), NamedDistribution.NORMAL),
                true),
            new Reset(Percentage.parse("100%"), ResetEnd.SENDER),
            new Partition(PartitionMode.REJECT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"paretonormal", "PARETONORMAL"})
  void jitterMayFollowAName(String name) {
    call.squall("inject --netns web --delay 50ms --jitter 10ms --distribution " + name);

    Jitter jitter = new Jitter(Duration.ofMillis(10), NamedDistribution.PARETONORMAL);
    assertThat(injected().faults())
        .containsExactly(new Delay(Duration.ofMillis(50), jitter, false));
  }

  @Test
  void jitterMayFollowTheTableOfAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("mine.dist"), "-8192 0 8192");

    call.squall("inject --netns web --delay 50ms --jitter 10ms --distribution " + file);

    Distribution table =
        new DistributionTable(file.toString(), List.of((short) -8192, (short) 0, (short) 8192));
    assertThat(injected().faults())
        .containsExactly(
            new Delay(Duration.ofMillis(50), new Jitter(Duration.ofMillis(10), table), false));
    assertThat(call.out()).contains(": delay 50ms jitter 10ms " + file + " on egress of netns web");
  }

  @Test
  void aWrongTableChangesNothing(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("mine.dist"), "# mine\n1 2 3 x\n");

    assertThat(call.squall("inject --netns web --delay 50ms --jitter 10ms --distribution " + file))
        .isEqualTo(ExitStatus.USAGE);

    assertThat(call.err())
        .startsWith(
            "squall: --distribution %s:2: x: a table holds whole numbers from -32768 to 32767"
                .formatted(file));
    assertThat(call.engine.injector.experiments()).isEmpty();
  }

  @Test
  void severalDelaysAddUp() {
    call.squall("inject --netns web --delay 50ms --delay 20ms");

    assertThat(injected().faults())
        .containsExactly(
            new Delay(Duration.ofMillis(50), null, false),
            new Delay(Duration.ofMillis(20), null, false));
  }

  @Test
  void severalDelaysShareNoJitter() {
    assertThat(call.squall("inject --netns web --delay 50ms --delay 20ms --jitter 1ms"))
        .isEqualTo(ExitStatus.USAGE);

    assertThat(call.err())
        .isEqualTo(
            "squall: --jitter and --keep-order belong to one --delay: write several delays into a"
                + " file for squall run\n");
  }

  @Test
  void theTrafficIsWhatWasAsked() {
    call.squall(
        "inject --netns web --loss 5% --direction both --protocol tcp --peer 10.0.0.0/8,::1"
            + " --peer 192.0.2.1 --peer-port 443,8000-8100 --local-port 80 --except 10.0.0.1"
            + " --tcp-flags syn,!ack --per flow");

    assertThat(injected().traffic())
        .isEqualTo(
            new TrafficFilter(
                Direction.BOTH,
                Protocol.TCP,
                new Ports(
                    List.of(new PortRange(80, 80)),
                    List.of(new PortRange(443, 443), new PortRange(8000, 8100))),
                new Peers(
                    List.of(Peer.parse("10.0.0.0/8"), Peer.parse("::1"), Peer.parse("192.0.2.1")),
                    List.of(IpPrefix.parse("10.0.0.1"))),
                new FlowFilter(TcpFlags.parse(List.of("syn", "!ack")), List.of(), null, null),
                Selection.FLOW));
  }

  @ParameterizedTest
  @CsvSource({
    "--pid 42 --interface eth1, pid 42",
    "--container 3f2a9c01, container 3f2a9c01",
    "--interface eth0, this host"
  })
  void theTargetIsWhatWasAsked(String options, String target) {
    call.squall("inject --loss 5% " + options);

    assertThat(injected().targets()).extracting(Target::describe).containsExactly(target);
  }

  @Test
  void theRunCarriesSeedCommandAndDryRun() {
    call.squall("inject --netns web --loss 5% --for 2m --seed -7 --dry-run");

    assertThat(injected().duration()).isEqualTo(Duration.ofMinutes(2));
    assertThat(call.engine.injector.identities().getFirst())
        .satisfies(
            identity -> {
              assertThat(identity.id()).matches("[0-9a-f]{8}");
              assertThat(identity.command())
                  .isEqualTo("inject --netns web --loss 5% --for 2m --seed -7 --dry-run");
              assertThat(identity.seed()).isEqualTo(-7);
              assertThat(identity.dryRun()).isTrue();
            });
  }

  @Test
  void everyRunDrawsItsOwnSeed() {
    call.squall("inject --netns web --loss 5%");
    call.squall("inject --netns web --loss 5%");

    assertThat(call.engine.injector.identities())
        .extracting(identity -> identity.seed())
        .doesNotHaveDuplicates();
  }

  @Test
  void aNameIsResolvedBeforeArming() {
    call.squall("inject --netns web --loss 5% --peer api.example.com");

    assertThat(injected().traffic().peers().included())
        .containsExactly(Peer.parse("192.0.2.7"), Peer.parse("2001:db8::7"));
    assertThat(call.out()).contains("  api.example.com is 192.0.2.7, 2001:db8::7\n");
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultException.Kind.class,
      names = {"ENVIRONMENT", "INTERNAL"})
  void aFaultThatCannotBeInjectedEndsWithFive(FaultException.Kind kind) {
    call.engine.injector.refuse(new FaultException(kind, "the kernel said no: try another"));

    assertThat(call.squall("inject --netns web --loss 5%")).isEqualTo(ExitStatus.NOT_INJECTED);
    assertThat(call.err()).isEqualTo("squall: the kernel said no: try another\n");
    assertThat(call.out()).isEmpty();
  }

  @Test
  void anAbsentTargetIsTheUsersMistake() {
    call.engine.injector.refuse(
        new FaultException(FaultException.Kind.USER, "netns web is not there: ip netns list"));

    assertThat(call.squall("inject --netns web --loss 5%")).isEqualTo(ExitStatus.USAGE);
    assertThat(call.err()).isEqualTo("squall: netns web is not there: ip netns list\n");
  }

  @Test
  void aFailureAfterArmingLeavesTheCleanUpUnproven() {
    call.engine.injection.failing(
        "close", new FaultException(FaultException.Kind.INTERNAL, "dly0 could not be removed"));

    assertThat(call.squall("inject --netns web --loss 5%")).isEqualTo(ExitStatus.NOT_CLEAN);
    assertThat(call.err())
        .isEqualTo(
            "squall: dly0 could not be removed; the faults had begun, so ask squall verify-clean"
                + " whether anything is left\n");
  }

  @Test
  void aDamagedInstallationIsASentence() {
    call.engine.whenAsked = new NoClassDefFoundError("dev/squall/bpf/Lease");

    assertThat(call.squall("inject --netns web --loss 5%")).isEqualTo(ExitStatus.NOT_INJECTED);
    assertThat(call.err())
        .isEqualTo(
            "squall: this installation is damaged (java.lang.NoClassDefFoundError:"
                + " dev/squall/bpf/Lease): build it again\n");
  }

  @Test
  void aMistakeInSquallIsASentenceThatSaysWhere() {
    call.engine.injector.refuse(new IllegalStateException("never"));

    assertThat(call.squall("inject --netns web --loss 5%")).isEqualTo(ExitStatus.NOT_INJECTED);
    assertThat(call.err())
        .startsWith(
            "squall: this is a bug in squall, please report it: java.lang.IllegalStateException:"
                + " never, at dev.squall.cli.InjectTest.")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"arm", "status", "report"})
  void anErrorInTheMiddleOfARunIsASentenceAfterAllIsUndone(String step) {
    call.engine.injection.failing(step, new OutOfMemoryError("Java heap space"));

    assertThat(call.squall("inject --netns web --loss 5%")).isEqualTo(ExitStatus.NOT_INJECTED);
    assertThat(call.engine.injection.steps()).last().isEqualTo("close");
    assertThat(call.err())
        .startsWith(
            "squall: this is a bug in squall, please report it: java.lang.OutOfMemoryError: Java"
                + " heap space, at dev.squall.")
        .hasLineCount(1);
  }

  @Test
  void anErrorThatLeavesSomethingBehindIsNotClean() {
    call.engine
        .injection
        .failing("status", new StackOverflowError())
        .failing("close", new FaultException(FaultException.Kind.INTERNAL, "dly0 stays"));

    assertThat(call.squall("inject --netns web --loss 5%")).isEqualTo(ExitStatus.NOT_CLEAN);
    assertThat(call.err())
        .isEqualTo(
            "squall: java.lang.StackOverflowError; the faults had begun, so ask squall verify-clean"
                + " whether anything is left\n");
  }

  private Experiment injected() {
    assertThat(call.err()).isEmpty();
    return call.engine.injector.experiments().getFirst();
  }
}
