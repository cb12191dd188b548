// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.cli.console.ExitStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
  private final Call call = new Call();

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V", "--no-color --version"})
  void theVersionIsOneLine(String words) {
    assertThat(call.squall(words)).isEqualTo(ExitStatus.OK);
    assertThat(call.out()).matches("squall \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\n");
  }

  @Test
  void theHelpListsTheVerbs() {
    assertThat(call.squall("--help")).isEqualTo(ExitStatus.OK);
    assertThat(call.out())
        .isEqualTo(
            """
            Makes network faults happen to real packets, counts them in the kernel, and ends them

            Usage: squall VERB [OPTION...]

            GENERAL
              -h, --help                       Explain this and stop.
              -V, --version                    Print the version and stop.
              --no-color                       No colours in a terminal either.

            VERBS
              inject        Makes faults happen to the packets of one target
              run           Runs the experiments of a YAML file
              validate      Checks experiment files without running them
              doctor        Says what this host can do, and how to mend what it cannot
              status        Lists what runs on this host, in whichever process
              stop          Ends a run, in whichever process it is
              verify-clean  Proves that nothing is left behind on this host
              demo          Shows what faults do to a real web server and its users
              completion    Teaches a shell the verbs and options
              schema        Prints the JSON schema of experiment files

            squall VERB --help explains a verb; squall demo shows it all in 20 seconds.
            Exit status: 0 done and cleaned up, 2 wrong usage or file, 5 could not inject,
            6 could not prove that nothing is left, 130 and 143 ended by Ctrl-C and SIGTERM.
            """);
  }

  @Test
  void theHelpOfInjectGroupsItsOptions() {
    assertThat(call.squall("inject --help")).isEqualTo(ExitStatus.OK);
    assertThat(call.out())
        .isEqualTo(
            """
            Makes faults happen to the packets of one target

            Usage: squall inject TARGET FAULT... [TRAFFIC] [RUN]

            Several faults add up. It ends by itself, by Ctrl-C or by squall stop.

            TARGET
              --netns NAME                     The network namespace of that name (ip netns list).
              --pid N                          The network namespace of that process.
              --container ID                   The container of that ID, or of a unique beginning of one.
              --interface IF                   The interface there (default: the one with the default route,
                                               else the only one that is not lo); alone: that one of this host.

            FAULT
              --loss 5%                        That share of the packets vanishes.
              --delay 50ms                     Every packet arrives that much later.
              --jitter 10ms                    The delay strays by as much.
              --distribution uniform|normal    How it strays (default uniform).
              --keep-order                     Jitter does not make packets of a flow overtake.
              --reset [100%]                   That share of TCP packets resets its connection.
              --reset-end sender|receiver|both Who receives the reset (default both).
              --partition drop|reject          Nothing passes: in silence, or with a refusal to the sender.

            TRAFFIC
              --direction egress|ingress|both  Seen from the target (default egress;
                                               for reset and partition both).
              --protocol tcp|udp|icmp          icmp: echo and errors, never neighbour discovery.
              --peer ADDR|PREFIX|NAME          The other end; may be given several times, or with commas.
                                               A name is resolved once, before anything happens.
              --peer-port 443                  The port of the other end, or a range: 8000-8100.
              --local-port 80                  The port of the target, or a range.
              --except ADDR|PREFIX             A peer that is spared.
              --tcp-flags syn,!ack             Only TCP packets with these flags set, or with ! not set.
              --per packet|flow                What is decided upon (default packet).

            RUN
              --for 30s                        How long (default 60s). Nothing runs without a deadline.
              --seed N                         Makes the same random choices again (default: drawn and printed).
              --dry-run                        Counts what would be hit and touches nothing.
              --include-ssh                    Hits your own SSH session too; where the target is
                                               this host, it is spared.
              -o, --output text|json           json: one object per line (default text).

            GENERAL
              -h, --help                       Explain this and stop.
              --no-color                       No colours in a terminal either.
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "validate",
        "doctor",
        "status",
        "stop",
        "verify-clean",
        "demo",
        "completion",
        "schema"
      })
  void everyVerbExplainsItself(String verb) {
    assertThat(call.squall(verb + " --help")).isEqualTo(ExitStatus.OK);
    assertThat(call.out()).contains("\nUsage: squall " + verb).contains("\nGENERAL\n");
    assertThat(call.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
  }
}
