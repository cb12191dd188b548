// SPDX-License-Identifier: Apache-2.0
package dev.squall.fault;

/// How a run stands in the kernel.
public enum InjectionStatus {
  ACTIVE,
  /// Another process asked the run to stop; the kernel has already obeyed.
  STOPPED,
  /// The kernel has ended the run, as its budget is spent.
  SPENT,
  /// The owner was held up for so long that the kernel ended the faults.
  LEASE_LOST,
  /// The deadline has passed.
  EXPIRED
}
