// SPDX-License-Identifier: Apache-2.0
/// What happens to traffic: one record per fault, whose constructor refuses values outside its
/// range. The ports through which an experiment reaches a kernel are interfaces here.
@NullMarked
package dev.squall.fault;

import org.jspecify.annotations.NullMarked;
