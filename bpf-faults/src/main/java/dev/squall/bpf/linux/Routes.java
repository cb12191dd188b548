// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;
public final class Routes { public static Link defaultInterface() { return Links.list().stream().filter(l -> !l.isLoopback()).findFirst().orElseThrow(); } }
