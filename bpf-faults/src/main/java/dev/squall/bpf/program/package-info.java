// SPDX-License-Identifier: Apache-2.0
/// From fault records to the maps that configure the BPF programs, and from counters back to
/// numbers. Knows the programs, but neither the interfaces nor how programs get there.
@NullMarked
package dev.squall.bpf.program;

import org.jspecify.annotations.NullMarked;
