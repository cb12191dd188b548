// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.squall.operator.api.v1alpha1.NodeFaultStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusWriterTest {
  private static final int OK = 200;

  private final List<String> seen = new CopyOnWriteArrayList<>();
  private volatile int answer = OK;
  private volatile boolean away;
  private final StatusWriter writer = new StatusWriter(this::patch);
  private final Thread thread = Thread.ofPlatform().start(writer);

  private int patch(String name, String uid, NodeFaultStatus status) throws IOException {
    if (away) {
      throw new IOException("nobody answers");
    }
    seen.add(uid + status.agentVersion());
    return answer;
  }

  private static NodeFaultStatus status(String version) {
    return new NodeFaultStatus(1L, version, null, List.of(), List.of());
  }

  @AfterEach
  void endWriter() {
    thread.interrupt();
  }

  @Test
  void whatIsPutIsWritten() throws InterruptedException {
    writer.put("a", "a", status("1"));
    writer.put("b", "b", status("1"));
    writer.flush(Duration.ofSeconds(5));
    assertThat(seen).containsExactly("a1", "b1");
    assertThat(writer.writes()).isEqualTo(2);
  }

  @Test
  void whileTheServerIsAwayOnlyTheLastIsKept() throws InterruptedException {
    away = true;
    writer.put("a", "a", status("1"));
    await().until(() -> writer.errors() > 0);
    writer.put("a", "a", status("2"));
    writer.put("a", "a", status("3"));
    away = false;
    writer.flush(Duration.ofSeconds(5));
    assertThat(seen).containsExactly("a3");
  }

  @Test
  void whatNobodyCanHaveIsNotTriedAgain() throws InterruptedException {
    answer = 404;
    writer.put("a", "a", status("1"));
    writer.flush(Duration.ofSeconds(5));
    answer = 409;
    writer.put("b", "b", status("1"));
    writer.flush(Duration.ofSeconds(5));
    assertThat(seen).containsExactly("a1", "b1");
    assertThat(writer.writes() + writer.errors()).isZero();
  }

  @Test
  void whatTheServerDoesNotUnderstandDoesNotHoldBackTheOthers() throws InterruptedException {
    answer = 422;
    writer.put("a", "a", status("1"));
    writer.flush(Duration.ofSeconds(5));
    answer = OK;
    writer.put("b", "b", status("1"));
    writer.flush(Duration.ofSeconds(5));
    assertThat(seen).containsExactly("a1", "b1");
    assertThat(writer.errors()).isEqualTo(1);
  }

  @Test
  void whatIsForgottenIsNotWritten() throws InterruptedException {
    away = true;
    writer.put("a", "a", status("1"));
    await().until(() -> writer.errors() > 0);
    writer.forget("a");
    away = false;
    writer.flush(Duration.ofSeconds(5));
    assertThat(writer.writes()).isLessThanOrEqualTo(1);
  }

  @Test
  void flushingDoesNotWaitForEver() throws InterruptedException {
    away = true;
    writer.put("a", "a", status("1"));
    long begin = System.nanoTime();
    writer.flush(Duration.ofMillis(200));
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
  }
}
