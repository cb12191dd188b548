// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.cli.console.ExitStatus;
import dev.squall.fault.HostCheck;
import dev.squall.fault.HostCheck.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DoctorTest {
  private final Call call = new Call();

  @BeforeEach
  void aHostWithLimits() {
    check("kernel", Outcome.OK, "6.12 removes what a dead process leaves", null);
    check("fq", Outcome.LIMITED, "not there, so delays wait on HTB", "modprobe sch_fq");
    check("btf", Outcome.UNKNOWN, "could not be read", null);
  }

  @Test
  void limitsDoNotPreventInjection() {
    assertThat(call.squall("doctor")).isEqualTo(ExitStatus.OK);
    assertThat(call.out())
        .isEqualTo(
            """
            ok       kernel: 6.12 removes what a dead process leaves
            limited  fq: not there, so delays wait on HTB
                     fix: modprobe sch_fq
            unknown  btf: could not be read
            faults can be injected on this host
            """);
  }

  @Test
  void whatIsMissingPreventsIt() {
    check("libbpf", Outcome.MISSING, "libbpf.so.1 is not installed", "apt-get install libbpf1");

    assertThat(call.squall("doctor")).isEqualTo(ExitStatus.NOT_INJECTED);
    assertThat(call.out())
        .endsWith(
            """
            missing  libbpf: libbpf.so.1 is not installed
                     fix: apt-get install libbpf1
            faults cannot be injected on this host; missing: libbpf
            """);
  }

  @Test
  void theAnswerMayBeJson() {
    assertThat(call.squall("doctor -o json")).isEqualTo(ExitStatus.OK);
    assertThat(call.out())
        .isEqualTo(
            """
            {"possible":true,"checks":[\
            {"name":"kernel","outcome":"ok","meaning":"6.12 removes what a dead process leaves"},\
            {"name":"fq","outcome":"limited","meaning":"not there, so delays wait on HTB",\
            "fix":"modprobe sch_fq"},\
            {"name":"btf","outcome":"unknown","meaning":"could not be read"}]}
            """);
  }

  private void check(String name, Outcome outcome, String meaning, @Nullable String fix) {
    call.engine.checks.add(new HostCheck(name, outcome, meaning, fix));
  }
}
