// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

/// Something of ours in the kernel without a living owner.
///
/// @param kind `link`, `program`, `map`, `filter`, `device`
/// @param name its name or number in the kernel
/// @param place where it is: a namespace and an interface, or this host
public record Leftover(String kind, String name, String place) {}
