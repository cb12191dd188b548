// SPDX-License-Identifier: Apache-2.0
/// Typed objects over the functions of libbpf that Squall calls. Pointers and error numbers stay
/// inside; what comes out is a value or an exception with its reason.
@NullMarked
package dev.squall.bpf.libbpf;

import org.jspecify.annotations.NullMarked;
