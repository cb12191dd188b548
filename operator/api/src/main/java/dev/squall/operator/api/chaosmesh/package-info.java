// SPDX-License-Identifier: Apache-2.0
/// The resources of `chaos-mesh.org/v1alpha1` that Squall takes over, and what they mean here.
@NullMarked
package dev.squall.operator.api.chaosmesh;

import org.jspecify.annotations.NullMarked;
