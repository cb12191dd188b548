// SPDX-License-Identifier: Apache-2.0
/// What all resources share, whoever defined them.
@NullMarked
package dev.squall.operator.api;

import org.jspecify.annotations.NullMarked;
