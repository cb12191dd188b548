// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.libbpf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerifierLogTest {
  @Test
  void theSummaryIsTheLastLineThatGivesAReason() {
    VerifierLog log =
        new VerifierLog(
            """
            0: R1=ctx() R10=fp0
            ; return *(char *)(long)skb->data; @ bad.bpf.c:3
            0: (61) r1 = *(u32 *)(r1 +76)         ; R1=pkt(r=0)
            1: (71) r0 = *(u8 *)(r1 +0)
            invalid access to packet, off=0 size=1, R1(id=0,off=0,r=0)
            R1 offset is outside of the packet
            verification time 25 usec
            stack depth 0
            processed 2 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0

            """);

    assertThat(log.summary()).isEqualTo("R1 offset is outside of the packet");
  }

  @Test
  void anEmptyLogHasNoSummary() {
    assertThat(VerifierLog.EMPTY.isEmpty()).isTrue();
    assertThat(VerifierLog.EMPTY.summary()).isEmpty();
  }

  @Test
  void anExceptionIsOneLineWithTheWholeLogBesideIt() {
    VerifierLog log = new VerifierLog("0: (95) exit\nR0 !read_ok\nprocessed 1 insns (limit 1)");

    BpfException exception = new BpfException("loading squall", 13, log);

    assertThat(exception).hasMessage("loading squall: R0 !read_ok, Permission denied, errno 13");
    assertThat(exception.log().text()).contains("(95) exit");
  }
}
