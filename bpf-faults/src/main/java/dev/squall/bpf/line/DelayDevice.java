// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.line;

import dev.squall.bpf.linux.Link;
import dev.squall.bpf.linux.OwnProcess;
import dev.squall.bpf.linux.Processes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How our devices are recognised: by a name with our prefix, and an alias that tells their owner.
public final class DelayDevice {
  private static final Pattern ALIAS =
      Pattern.compile("squall delay device of pid (\\d+) start (\\d+)");

  private DelayDevice() {}

  static String name(int number) {
    return Link.DELAY_DEVICE_PREFIX + Integer.toHexString(number);
  }

  static String queueName(int number) {
    return name(number) + "r";
  }

  static String splitterName(int number) {
    return name(number) + "s";
  }

  static String alias() {
    return "squall delay device of pid %d start %d"
        .formatted(OwnProcess.PID, OwnProcess.START_TIME);
  }

  public static boolean isOurs(Link link) {
    return link.isDelayDevice();
  }

  /// Whether the process that made the device still runs.
  public static boolean isOwned(Link link) {
    String alias = link.alias();
    Matcher matcher = ALIAS.matcher(alias == null ? "" : alias);
    return matcher.matches()
        && Processes.isAlive(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)));
  }
}
