// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.demo;

import dev.squall.fault.Fault;
import dev.squall.target.Selection;

/// One act of the demo: a fault, said in plain words before and after.
///
/// `options` is what `squall inject` would be given; `moral` says what the figures show.
record Act(String title, String options, Fault fault, Selection selection, String moral) {}
