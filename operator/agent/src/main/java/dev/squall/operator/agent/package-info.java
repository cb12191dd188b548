// SPDX-License-Identifier: Apache-2.0
/// The agent of a node: executes the node's NodeFaults and says what came of them. One thread holds
/// all that is injected; decisions are functions without effects; the API server and the kernel are
/// at the edge.
@NullMarked
package dev.squall.operator.agent;

import org.jspecify.annotations.NullMarked;
