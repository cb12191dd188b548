// SPDX-License-Identifier: Apache-2.0
/// What has to be in a cluster for Squall to work there: the objects of the Helm chart, which is
/// the one source of them.
@NullMarked
package dev.squall.operator.api.install;

import org.jspecify.annotations.NullMarked;
