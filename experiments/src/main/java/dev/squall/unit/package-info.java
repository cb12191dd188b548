// SPDX-License-Identifier: Apache-2.0
/// Amounts as people write them, which print back the same: `5%`, `50ms`, `10mbit`, `1.5KiB`.
@NullMarked
package dev.squall.unit;

import org.jspecify.annotations.NullMarked;
