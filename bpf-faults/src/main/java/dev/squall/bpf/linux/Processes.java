// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;
import java.nio.file.*;
public final class Processes {
  public static int ownPid() { return (int) ProcessHandle.current().pid(); }
  public static long startTime(int pid) { try { String s = Files.readString(Path.of("/proc/" + pid + "/stat")); return Long.parseLong(s.substring(s.lastIndexOf(')') + 2).split(" ")[19]); } catch (java.io.IOException e) { return 0; } }
  public static boolean isAlive(int pid, long start) { return startTime(pid) == start; }
}
