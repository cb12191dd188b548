// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * What the object itself leaves out of its BTF, as no map mentions it: the enums of fault_abi.h and
 * the records of its rings. Nobody loads this.
 */
#include "fault_abi.h"
#include "delay.h"

enum squall_definition {
	SQUALL_VERSION = SQUALL_ABI,
	SQUALL_TAP_MAGIC = TAP_MAGIC,
};

enum squall_definition definition;
enum squall_limit limit;
enum squall_direction direction;
enum squall_fault fault;
enum squall_stage stage;
enum squall_rule_flag rule_flag;
enum squall_reset_mode reset_mode;
enum squall_partition_mode partition_mode;
enum squall_corrupt_mode corrupt_mode;
enum squall_law law;
enum squall_protocol protocol;
enum squall_axis axis;
enum squall_line_kind line_kind;
enum squall_stop stop;
enum squall_feature feature;

struct squall_event event;
struct tap_label tap_label;
