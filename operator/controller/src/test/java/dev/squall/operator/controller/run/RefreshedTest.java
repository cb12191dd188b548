// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefreshedTest {
  private final AtomicReference<String> answer = new AtomicReference<>();
  private final AtomicInteger changes = new AtomicInteger();
  private final Refreshed<String, String> names =
      new Refreshed<>("test", key -> answer.get(), "none", changes::incrementAndGet);

  @AfterEach
  void end() {
    names.close();
  }

  private void ask(String what) {
    answer.set(what);
    names.refreshAll();
  }

  @Test
  void aFailureLeavesTheAnswerUntilThereWereMany() {
    answer.set("10.0.0.1");
    assertThat(names.find("db")).isNull();
    await().until(() -> "10.0.0.1".equals(names.find("db")));
    for (int i = 1; i < Refreshed.MOST_FAILURES; i++) {
      int failure = i;
      ask(null);
      await().until(() -> names.failures("db") == failure);
      assertThat(names.find("db")).isEqualTo("10.0.0.1");
    }
    assertThat(changes).hasValue(1);
    ask(null);
    await().until(() -> "none".equals(names.find("db")));
    ask("10.0.0.2");
    await().until(() -> "10.0.0.2".equals(names.find("db")));
  }

  @Test
  void whatCouldNeverBeAskedHasNoAnswer() {
    assertThat(names.find("db")).isNull();
    await().until(() -> "none".equals(names.find("db")));
  }
}
