// SPDX-License-Identifier: Apache-2.0

/// The Java side of `fault_abi.h`: typed views of the memory that user space shares with the BPF
/// programs. Nothing here decides anything; a test compares every layout with the object's BTF.
@NullMarked
package dev.squall.bpf.abi;

import org.jspecify.annotations.NullMarked;
