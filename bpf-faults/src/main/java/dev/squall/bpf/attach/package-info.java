// SPDX-License-Identifier: Apache-2.0
/// Where and how the programs are attached: tcx links, or clsact filters before Linux 6.6. What
/// others have attached to the same hook stays as it is.
@NullMarked
package dev.squall.bpf.attach;

import org.jspecify.annotations.NullMarked;
