// SPDX-License-Identifier: Apache-2.0
/// What is known of the cluster: pods, nodes, namespaces and Services as slim records, fed by
/// watches. Everything else reads it through [ClusterView].
@NullMarked
package dev.squall.operator.controller.view;

import org.jspecify.annotations.NullMarked;
