// SPDX-License-Identifier: Apache-2.0
/// The Java side of the structures that the BPF programs share with us. Each layout is compared
/// with the BTF of the compiled object by a test.
@NullMarked
package dev.squall.bpf.abi;

import org.jspecify.annotations.NullMarked;
