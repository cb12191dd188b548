// SPDX-License-Identifier: Apache-2.0
/// The resources of `squall.dev/v1alpha1`, as they are read and written. What they mean is said in
/// the language of experiments; nothing but a mapping knows both.
@NullMarked
package dev.squall.operator.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
