// SPDX-License-Identifier: Apache-2.0
/// Capture files that Wireshark and tcpdump read.
@NullMarked
package dev.squall.cli.pcapng;

import org.jspecify.annotations.NullMarked;
