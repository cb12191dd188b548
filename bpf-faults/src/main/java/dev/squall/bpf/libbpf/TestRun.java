// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.libbpf;

import java.time.Duration;

/// What a test run of a program gave.
///
/// @param verdict what the program returned, a TC_ACT or TCX number
/// @param packet the packet afterwards
/// @param context the settable fields afterwards
/// @param perRun the mean time of one run, in whole nanoseconds, with about 26 ns for the harness
@SuppressWarnings("ArrayRecordComponent") // read in tests, never compared as a whole
public record TestRun(int verdict, byte[] packet, TestContext context, Duration perRun) {}
