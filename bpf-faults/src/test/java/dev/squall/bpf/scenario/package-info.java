// SPDX-License-Identifier: Apache-2.0
/// Faults as sockets see them: real traffic between network namespaces that the tests make and
/// remove. What happened is asked of the sockets and of the kernel's own tools, not of Squall
/// alone.
@NullMarked
package dev.squall.bpf.scenario;

import org.jspecify.annotations.NullMarked;
