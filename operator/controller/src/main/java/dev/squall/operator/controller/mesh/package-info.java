// SPDX-License-Identifier: Apache-2.0
/// Objects of Chaos Mesh, carried out here. Off unless asked for.
@NullMarked
package dev.squall.operator.controller.mesh;

import org.jspecify.annotations.NullMarked;
