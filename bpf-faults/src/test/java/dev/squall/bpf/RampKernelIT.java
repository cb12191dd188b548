// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import static dev.squall.bpf.Frames.datagram;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.fault.Loss;
import dev.squall.fault.Ramp;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Shares that change from the beginning of a fault on.
@NeedsBpf
class RampKernelIT {
  private static final int PACKETS = 4_000;
  private static final double Z = 4;

  /// @param seconds since the beginning
  @ParameterizedTest
  @CsvSource({
    "0%..40%/1000s, 0, 0",
    "0%..40%/1000s, 250, 0.1",
    "0%..40%/1000s, 750, 0.3",
    "0%..40%/1000s, 1000, 0.4",
    "0%..40%/1000s, 2000, 0.4",
    "60%..20%/1000s, 0, 0.6",
    "60%..20%/1000s, 500, 0.4",
    "60%..20%/1000s, 1500, 0.2"
  })
  void shareChangesEvenlyAndThenStays(String text, int seconds, double share) {
    Ramp ramp = Ramp.parse(text);
    ArmedTrial trial = Trial.of(new Loss(ramp.to(), ramp)).arm();
    JiffiesClock clock = SharedProgram.clock();
    long hour = clock.ticks(Duration.ofHours(1));
    long begun = clock.now() - clock.ticks(Duration.ofSeconds(seconds));
    trial.program().setWindow(begun, begun + 2 * hour);
    for (int n = 0; n < PACKETS; n++) {
      trial.egress(datagram());
    }
    double error = Math.sqrt(share * (1 - share) / PACKETS);
    assertThat((double) trial.hits() / PACKETS)
        .isBetween(share - Z * error - 0.001, share + Z * error + 0.001);
  }
}
