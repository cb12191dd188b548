// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import java.util.List;
import java.util.Map;

/// What a NodeFault asks for, understood.
///
/// @param generation of the spec
/// @param stop whether nothing is to work any more
/// @param window the agreed time
/// @param injections by part and pod, in the order of the documents
/// @param problems what could not be understood, a sentence each
record WantedFault(
    long generation,
    boolean stop,
    Window window,
    Map<InjectionKey, WantedInjection> injections,
    List<String> problems) {}
