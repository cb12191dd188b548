// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.plan;

/// What stands outside of the watched cluster.
public record Lookups(NameAddresses names, RouteServices routes) {}
