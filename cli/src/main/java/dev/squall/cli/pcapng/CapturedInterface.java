// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.pcapng;

/// An interface that packets were captured on.
///
/// @param name as the host calls it
/// @param description whose it is
/// @param comment for whoever reads the file
/// @param hasEthernetHeader whether its packets begin with an Ethernet header, else with that of IP
public record CapturedInterface(
    String name, String description, String comment, boolean hasEthernetHeader) {}
