// SPDX-License-Identifier: Apache-2.0
/// Whose traffic a fault hits: a target is one network interface in one network namespace, and a
/// traffic filter chooses packets there.
///
/// Everything is seen from the target: its own ports are local, the other end is the peer.
@NullMarked
package dev.squall.target;

import org.jspecify.annotations.NullMarked;
