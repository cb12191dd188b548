// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.operator.api.v1alpha1.SquallPolicySpec.Window;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Windows by the clock of their own zone. 2 March 2026 is a Monday.
class WindowsTest {
  @ParameterizedTest
  @CsvSource({
    "Mon, 09:00, 17:00, UTC, 2026-03-02T09:00:00Z, true",
    "Mon, 09:00, 17:00, UTC, 2026-03-02T08:59:59Z, false",
    "Mon, 09:00, 17:00, UTC, 2026-03-02T17:00:00Z, false",
    "Tue, 09:00, 17:00, UTC, 2026-03-02T12:00:00Z, false",
    "'', 09:00, 17:00, UTC, 2026-03-03T12:00:00Z, true",
    "Mon, 09:00, 17:00, Europe/Berlin, 2026-03-02T08:30:00Z, true",
    "Mon, 09:00, 17:00, America/New_York, 2026-03-02T09:30:00Z, false",
    "Mon, 22:00, 06:00, UTC, 2026-03-03T05:59:00Z, true",
    "Mon, 22:00, 06:00, UTC, 2026-03-02T05:59:00Z, false",
    "Mon, 18:00, 24:00, UTC, 2026-03-02T23:59:59Z, true",
    "Mon, 18:00, 24:00, UTC, 2026-03-03T00:00:00Z, false",
    "Mon, 00:00, 24:00, UTC, 2026-03-02T00:00:00Z, true"
  })
  void contain(String days, String from, String to, String zone, Instant now, boolean expected) {
    List<String> on = days.isEmpty() ? List.of() : Arrays.asList(days.split(" "));
    assertThat(Windows.contain(List.of(new Window(on, from, to, zone)), now)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "shop, shop, true",
    "shop, shops, false",
    "team-*, team-a, true",
    "*, any, true",
    "a.c, abc, false",
    "*-test, web-test, true",
    "*-test, web-tests, false"
  })
  void namesFitPatterns(String glob, String name, boolean expected) {
    assertThat(Glob.fits(glob, name)).isEqualTo(expected);
  }
}
