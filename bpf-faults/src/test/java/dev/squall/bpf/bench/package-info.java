// SPDX-License-Identifier: Apache-2.0

/// Benchmarks, run by the scripts of the same names in `bench/`: what the programs cost.
@NullMarked
package dev.squall.bpf.bench;

import org.jspecify.annotations.NullMarked;
