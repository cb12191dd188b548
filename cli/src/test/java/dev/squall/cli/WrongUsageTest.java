// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.cli.console.ExitStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrongUsageTest {
  private static final String TARGET = "inject --netns web ";
  private static final String LOSS = TARGET + "--loss 5% ";

  private final Call call = new Call();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                | a verb is missing, such as inject; squall --help lists them
          --no-color        | a verb is missing, such as inject; squall --help lists them
          injct             | unknown verb injct: did you mean inject?
          frobnicate        | unknown verb frobnicate: squall --help lists what there is
          --versoin         | unknown option --versoin: did you mean --version?
          run               | FILE is missing, as in squall run FILE
          validate          | FILE is missing, as in squall validate FILE
          completion        | SHELL is missing, as in squall completion SHELL
          completion tcsh   | SHELL tcsh: write bash, zsh or fish
          status web db     | unknown argument db: squall status --help lists what there is
          status -o xml     | --output xml: write text or json
          status --all      | unknown option --all: squall status --help lists what there is
          demo --keep       | --keep: there is nothing to keep without --cluster
          demo --cluster    | demo --cluster makes cluster and images from source: clone the repository of squall, and call it there as ./squall demo --cluster
          """)
  void aWrongVerbOrWordIsNamed(String words, String message) {
    assertRefused(words, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          inject --loss 5%                      | a target is missing: give --netns NAME, --pid N, --container ID, --pod UID, or --interface IF for this host
          inject --netns web                    | a fault is missing: give --loss 5%, --delay 50ms, --reset or --partition drop
          inject --netns web --pid 4 --loss 5%  | netns web and pid 4 are several targets: inject takes one, squall run FILE takes any number
          inject --netns a/b --loss 5%          | --netns a/b: a network namespace has a name as `ip netns list` prints it, without / and invisible characters
          inject --pid abc --loss 5%            | --pid abc: write a whole number of at most 32 bits
          inject --pid 99999999999 --loss 5%    | --pid 99999999999: write a whole number of at most 32 bits
          inject --netns= --loss 5%             | --netns needs a value, as in --netns NAME
          inject --interface= --loss 5%         | --interface needs a value, as in --interface IF
          inject --pid 0 --loss 5%              | --pid 0: a process ID is from 1 to 4194303
          inject --container xyz --loss 5%      | --container xyz: a container is given by 4 to 64 hexadecimal digits of its ID (0-9, a-f)
          inject --interface a:b --loss 5%      | --interface a:b: an interface has a name as `ip link` prints it, at most 15 bytes without / : or spaces
          inject loss 30% --netns web           | unknown argument loss: did you mean --loss?
          """)
  void aWrongTargetIsNamed(String words, String message) {
    assertRefused(words, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --los 5%                         | unknown option --los: did you mean --loss?
          --loss                           | --loss needs a value, as in --loss 5%
          --loss --for 3s                  | --loss needs a value, as in --loss 5%
          --loss 105%                      | --loss 105%: a percentage is above 0% and at most 100%, as in 5% or 0.01%
          --loss 0%                        | --loss 0%: a percentage is above 0% and at most 100%, as in 5% or 0.01%
          --loss many                      | --loss many: a percentage is above 0% and at most 100%, as in 5% or 0.01%
          --delay 50                       | --delay 50: a duration is a number with its unit (h, m, s, ms, us, ns), as in 30s or 1h30m
          --delay 61s                      | --delay 61s: a delay is longer than 0s and at most 60s
          --delay 50ms --jitter 60ms       | jitter 60ms: uniform jitter is at most the latency, 50ms
          --delay 50ms --distribution wild | '--distribution wild: write uniform, normal, pareto, paretonormal, or the path of a table, with a / or with .dist at its end'
          --delay 50ms --distribution ./none.dist | --distribution ./none.dist: there is no such file
          --delay 50ms --distribution normal | --distribution belongs to --jitter 10ms: give both
          --loss 5% --jitter 10ms          | --jitter belongs to --delay 50ms: give both
          --loss 5% --burst 1kB            | --burst belongs to --rate 10mbit: give both
          --loss 5% --backlog 1s           | --backlog belongs to --rate 10mbit: give both
          --loss 5% --name a.b             | --name belongs to --dns-fail nxdomain: give both
          --dns-fail nxdomain --name a*b   | --name a*b: a name pattern is a host name with at most one *, at its beginning or its end, as in bad.* or *.example
          --dns-fail timeout --protocol tcp | dns-fail works on UDP only: leave out protocol tcp or choose udp
          --dns-fail timeout --sni a.b     | dns-fail works on UDP only: leave out TCP flags and TLS server names
          --loss 5% --syn-only --tcp-flags syn | --syn-only is --tcp-flags syn,!ack: give one of the two
          --loss 5% --max-packets 0        | --max-packets 0: a budget is from 1 to 1,000,000,000,000 packets
          --loss 5% --max-flows 0          | --max-flows 0: a budget is from 1 to 1,000,000 flows
          --loss 5% --max-share 5%         | --max-share 5%: such a budget is a share and a time, as in 5%/10s
          --loss 5% --max-share 5%/1ms     | --max-share 1ms: a budget counts over 1s to 1h
          --loss 5% --ramp 0%..30%/60s     | ramp 0%..30%/60s: it ends at 30%, and the share is 5%: give the same
          --loss 5% --ramp 5%/60s          | --ramp 5%/60s: a ramp is two shares and a time, as in 0%..30%/60s
          --delay 1s --ramp 0%..30%/60s    | --ramp belongs to one of --loss 30%, --duplicate 30%, --corrupt 30% and --reset 30%: give both
          --loss 5% --first 0              | --first 0: a part of a flow is a number of packets, as in 10, or of bytes, as in 10KiB
          --loss 5% --first 10 --after 10  | after 10: nothing of the first 10 is left then
          --rate 1kbit                     | --rate 1kbit: a rate is from 8kbit to 100gbit
          --rate 1mbit --burst 8MB         | burst 8MB: at most what 1mbit lets through in 60s
          --rate 1mbit --backlog 11s       | --backlog 11s: a backlog is longer than 0s and at most 10s
          --rate 1mbit --rate 2mbit        | an experiment has at most one rate: leave the slowest
          --loss 5% --keep-order           | --keep-order belongs to --delay 50ms: give both
          --loss 5% --reset-end sender     | --reset-end belongs to --reset: give both
          --reset 0%                       | --reset 0%: write it as in --reset 100%
          --reset web                      | --reset web: write it as in --reset 100%
          --delay 50ms --jitter 0s         | --jitter 0s: jitter is longer than 0s, or there is none
          --loss=                          | --loss needs a value, as in --loss 5%
          --reset 50% --reset-end left     | --reset-end left: write sender, receiver or both
          --partition gently               | --partition gently: write drop or reject
          """)
  void aWrongFaultIsNamed(String words, String message) {
    assertRefused(TARGET + words, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --direction up                   | --direction up: write egress, ingress or both
          --protocol sctp                  | --protocol sctp: write tcp, udp or icmp
          --peer 10.0.0.1/8                | --peer 10.0.0.1/8: bits are set after the prefix, write 10.0.0.0/8
          --peer 300.1.1.1                 | --peer 300.1.1.1: this is no IP address; one is written as 10.0.0.1 or 2001:db8::1
          --peer nowhere.example.com       | nowhere.example.com: no address is known
          --peer-port 80,,90               | --peer-port needs a value, as in --peer-port 443
          --tcp-flags=                     | '--tcp-flags needs a value, as in --tcp-flags syn,!ack'
          --peer-port 80,                  | '--peer-port 80,: ports are written as one number or a range, as in 80 or 8000-8100'
          --peer ,                         | '--peer ,: a peer is an address, a prefix or a host name, as in 10.0.0.1, 10.0.0.0/8 or api.example.com'
          @list                            | unknown argument @list: squall inject --help lists what there is
          --peer-port 99999                | --peer-port 99999: a port is from 1 to 65535
          --local-port 80-70               | --local-port 80-70: a range begins with its lower port, 70-80
          --except web                     | --except web: this is no IP address; one is written as 10.0.0.1 or 2001:db8::1
          --tcp-flags syn,foo              | --tcp-flags foo: a TCP flag is one of fin, syn, rst, psh, ack, urg, ece, cwr
          --tcp-flags syn --protocol udp   | TCP flags do not exist in protocol udp: leave them out or choose protocol tcp
          --peer-port 80 --protocol icmp   | ICMP has no ports: leave out the ports or choose protocol tcp or udp
          --per second                     | --per second: write packet, flow or segment
          """)
  void aWrongFilterIsNamed(String words, String message) {
    assertRefused(LOSS + words, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --for soon        | --for soon: a duration is a number with its unit (h, m, s, ms, us, ns), as in 30s or 1h30m
          --for 1ms         | --for 1ms: an experiment lasts from 100ms to 24h
          --for 25h         | --for 25h: an experiment lasts from 100ms to 24h
          --for 1s --for 2s | --for: give it only once
          --seed x          | --seed x: write a whole number of at most 64 bits
          --dry-run=perhaps | --dry-run takes no value
          -o                | '--output needs a value, as in --output text|json'
          """)
  void aWrongRunOptionIsNamed(String words, String message) {
    assertRefused(LOSS + words, message);
  }

  @ParameterizedTest
  @CsvSource({
    "stop, 'ID|NAME is missing, as in squall stop ID|NAME'",
    "run, 'FILE is missing, as in squall run FILE'",
    "validate, 'FILE is missing, as in squall validate FILE'",
    "status, 'NAME is missing, as in squall status NAME'"
  })
  void anEmptyWordNamesNothing(String verb, String message) {
    assertThat(call.squall(List.of(verb, ""))).isEqualTo(ExitStatus.USAGE);
    assertThat(call.err()).isEqualTo("squall: " + message + "\n");
  }

  @Test
  void whatIsQuotedFromTheArgumentsStaysOnOneLine() {
    assertThat(call.squall(List.of("stop", "a\n\u001b[2Jb"))).isEqualTo(ExitStatus.USAGE);
    assertThat(call.err())
        .isEqualTo(
            "squall: a??[2Jb: a name in a cluster has small letters, digits, dashes and dots\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"status extra", "inject --netns web --loss x", "stop zz"})
  void nothingIsSaidOnStandardOutput(String words) {
    assertThat(call.squall(words)).isEqualTo(ExitStatus.USAGE);
    assertThat(call.out()).isEmpty();
  }

  private void assertRefused(String words, String message) {
    assertThat(call.squall(words)).isEqualTo(ExitStatus.USAGE);
    assertThat(call.err()).isEqualTo("squall: " + message + "\n");
    assertThat(call.out()).isEmpty();
    assertThat(call.engine.injector.experiments()).isEmpty();
  }
}
