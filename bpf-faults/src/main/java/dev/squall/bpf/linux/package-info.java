// SPDX-License-Identifier: Apache-2.0
/// Namespaces, interfaces, queueing disciplines and processes of the running Linux system. Talks to
/// the kernel directly, by system calls and netlink, never through other programs.
@NullMarked
package dev.squall.bpf.linux;

import org.jspecify.annotations.NullMarked;
