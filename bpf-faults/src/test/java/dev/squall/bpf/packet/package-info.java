// SPDX-License-Identifier: Apache-2.0

/// Packets for tests: built layer by layer, by name, and taken apart again. Nothing here shares
/// code with the programs that it tests.
@NullMarked
package dev.squall.bpf.packet;

import org.jspecify.annotations.NullMarked;
