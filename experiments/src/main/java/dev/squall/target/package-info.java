// SPDX-License-Identifier: Apache-2.0
/// Whose traffic an experiment touches, and which part of it. Nothing here looks at a system: names
/// stay names until an injector resolves them.
@NullMarked
package dev.squall.target;

import org.jspecify.annotations.NullMarked;
