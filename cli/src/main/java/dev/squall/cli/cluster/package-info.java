// SPDX-License-Identifier: Apache-2.0
/// Squall in a Kubernetes cluster: its objects there, and what is done with them. This is the only
/// package that knows a client of the API server.
@NullMarked
package dev.squall.cli.cluster;

import org.jspecify.annotations.NullMarked;
