// SPDX-License-Identifier: Apache-2.0

/// What packets wait on: a device that vanishes with its owner, and the queue behind it. Which
/// queue there is depends on the kernel; the programs only see its kind.
@NullMarked
package dev.squall.bpf.line;

import org.jspecify.annotations.NullMarked;
