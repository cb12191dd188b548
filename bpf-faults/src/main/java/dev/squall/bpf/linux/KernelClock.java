// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;
public final class KernelClock { public static long tickNanos() { return 4_000_000; } }
