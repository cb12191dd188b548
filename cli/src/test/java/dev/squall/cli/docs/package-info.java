// SPDX-License-Identifier: Apache-2.0
/// Reads the guides of this repository and holds them to what they say: commands are run and their
/// output is compared, options, pages, classes and links have to exist.
@NullMarked
package dev.squall.cli.docs;

import org.jspecify.annotations.NullMarked;
