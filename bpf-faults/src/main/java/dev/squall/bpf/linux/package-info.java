// SPDX-License-Identifier: Apache-2.0

/// What Squall asks of Linux without BPF: network namespaces, interfaces, queues, processes,
/// clocks. Every call goes through libc or a netlink socket of our own, never through a program
/// like `ip` or `tc`, and native memory does not leave this package except as a mapped segment.
@NullMarked
package dev.squall.bpf.linux;

import org.jspecify.annotations.NullMarked;
