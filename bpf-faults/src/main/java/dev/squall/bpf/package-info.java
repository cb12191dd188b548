// SPDX-License-Identifier: Apache-2.0
/// The injector that turns an experiment into BPF programs on the interfaces of its targets. The
/// kernel is the only registry: what runs is found by asking it.
@NullMarked
package dev.squall.bpf;

import org.jspecify.annotations.NullMarked;
