// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The processes of this machine, as far as /proc shows them.
public final class Processes {
  /// Field 22 of /proc/PID/stat, counted from the state, which is field 3.
  private static final int START_TIME = 22 - 3;

  /// USER_HZ, the same on all that Linux runs on today.
  private static final long TICKS_PER_SECOND = 100;

  private Processes() {}

  /// When a process started, in clock ticks since boot. Together with its number it names a process
  /// for as long as the machine runs. Empty when there is none, or only what is left of one that
  /// ended.
  public static OptionalLong startTime(int pid) {
    String stat;
    try {
      byte[] bytes = Files.readAllBytes(Path.of("/proc/" + pid + "/stat"));
      stat = new String(bytes, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return OptionalLong.empty();
    }
    return startTime(stat);
  }

  /// The name of the program stands in parentheses and may contain anything, parentheses too.
  static OptionalLong startTime(String stat) {
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 1).strip().split(" "));
    String state = fields.getFirst();
    boolean ended = state.equals("Z") || state.equals("X");
    return ended ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(fields.get(START_TIME)));
  }

  /// How long after boot a process started.
  static Duration duration(long startTime) {
    return Duration.ofMillis(startTime * (1000 / TICKS_PER_SECOND));
  }

  /// The time since boot.
  static Duration uptime() {
    try {
      String text = Files.readString(Path.of("/proc/uptime"));
      double seconds = Double.parseDouble(text.substring(0, text.indexOf(' ')));
      return Duration.ofMillis(Math.round(seconds * 1000));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether the process that had this number and started then still runs.
  public static boolean isAlive(int pid, long startTime) {
    OptionalLong now = startTime(pid);
    return now.isPresent() && now.getAsLong() == startTime;
  }

  /// The first process of each group, the one that started before its others.
  ///
  /// @param group the group of a process by the text of its /proc/PID/cgroup; null: it is in none
  static Map<String, Integer> firstOfEach(Function<String, @Nullable String> group) {
    Map<String, Integer> first = new TreeMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
      for (Path entry : entries) {
        int pid = Integer.parseInt(entry.getFileName().toString());
        String name = group.apply(cgroups(pid));
        if (name != null) {
          first.merge(name, pid, Processes::earlier);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return first;
  }

  private static int earlier(int one, int other) {
    long start = startTime(one).orElse(Long.MAX_VALUE);
    long otherStart = startTime(other).orElse(Long.MAX_VALUE);
    return start < otherStart || (start == otherStart && one < other) ? one : other;
  }

  /// The text of /proc/PID/cgroup; empty when the process has ended in the meantime.
  static String cgroups(int pid) {
    return text(pid, "cgroup");
  }

  /// The text of /proc/PID/cmdline; empty when the process has ended in the meantime.
  static String commandLine(int pid) {
    return text(pid, "cmdline");
  }

  private static String text(int pid, String file) {
    try {
      byte[] text = Files.readAllBytes(Path.of("/proc/" + pid + "/" + file));
      return new String(text, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
