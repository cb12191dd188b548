// SPDX-License-Identifier: Apache-2.0

/// From the language to the kernel: an experiment becomes rules, and the rules become the tables by
/// which the BPF programs match. Pure but for the memory it writes to.
@NullMarked
package dev.squall.bpf.program;

import org.jspecify.annotations.NullMarked;
