// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.line;

import dev.squall.bpf.attach.AttachPoint;
import dev.squall.bpf.linux.NetworkNamespace;

/// Where a delay device is to be made.
///
/// @param target the namespace whose packets wait
/// @param attachPoint how programs are attached
/// @param number names the device
public record Site(NetworkNamespace target, AttachPoint attachPoint, int number) {}
