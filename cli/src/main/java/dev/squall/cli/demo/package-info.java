// SPDX-License-Identifier: Apache-2.0
/// The guided tour: a real server and a real client whose traffic is disturbed three times. Each
/// time it shows what was asked, what the kernel counted and what the client saw.
@NullMarked
package dev.squall.cli.demo;

import org.jspecify.annotations.NullMarked;
