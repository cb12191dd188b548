// SPDX-License-Identifier: Apache-2.0

/// Typed objects over the distribution's `libbpf.so.1`, bound by hand through `java.lang.foreign`.
/// Whoever opens an object closes it; what is found inside one is borrowed and lives as long.
@NullMarked
package dev.squall.bpf.libbpf;

import org.jspecify.annotations.NullMarked;
