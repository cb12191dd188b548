// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

/// Tells what is injected for one NodeFault apart.
///
/// @param part the part's name
/// @param pod the pod's UID
record InjectionKey(String part, String pod) {}
