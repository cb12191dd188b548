// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.program;

import dev.squall.bpf.abi.PeerMaps.Entry;
import java.util.List;

/// The contents of the four maps of peers.
public record PeerLists(
    List<Entry> hosts4, List<Entry> prefixes4, List<Entry> hosts6, List<Entry> prefixes6) {}
