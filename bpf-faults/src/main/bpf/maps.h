/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The maps. Sizes that depend on the experiment are set by the loader; what is unused has one
 * entry.
 */
#ifndef MAPS_H
#define MAPS_H

#include "fault_abi.h"
#include <stdbool.h>
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

/* set by the loader, and constant from then on */
const volatile __u32 squall_features SEC(".rodata.features") = SQUALL_FEATURE_ALL;

#define ARRAY(NAME, VALUE, ENTRIES)                                                                \
	struct {                                                                                   \
		__uint(type, BPF_MAP_TYPE_ARRAY);                                                  \
		__uint(max_entries, ENTRIES);                                                      \
		__uint(map_flags, BPF_F_MMAPABLE);                                                 \
		__type(key, __u32);                                                                \
		__type(value, VALUE);                                                              \
	} NAME SEC(".maps")

#define PEERS(NAME, TYPE, KEY)                                                                     \
	struct {                                                                                   \
		__uint(type, TYPE);                                                                \
		__uint(max_entries, 1);                                                            \
		__uint(map_flags, BPF_F_NO_PREALLOC);                                              \
		__type(key, KEY);                                                                  \
		__type(value, struct squall_peer);                                                 \
	} NAME SEC(".maps")

struct host6 {
	__u32 address[4];
};

struct prefix4 {
	__u32 length;
	__u32 address;
};

struct prefix6 {
	__u32 length;
	__u32 address[4];
};

ARRAY(squall_run, struct squall_run, 1);
ARRAY(squall_table, struct squall_table, SQUALL_DIRECTIONS);
ARRAY(squall_ports, struct squall_ports, 1);
ARRAY(squall_rules, struct squall_rule, SQUALL_DIRECTIONS *SQUALL_RULES);
ARRAY(squall_counts, struct squall_counts, SQUALL_DIRECTIONS *SQUALL_RULES);
ARRAY(squall_chains, struct squall_chain, 1);
PEERS(squall_hosts4, BPF_MAP_TYPE_HASH, __u32);
PEERS(squall_hosts6, BPF_MAP_TYPE_HASH, struct host6);
PEERS(squall_prefixes4, BPF_MAP_TYPE_LPM_TRIE, struct prefix4);
PEERS(squall_prefixes6, BPF_MAP_TYPE_LPM_TRIE, struct prefix6);

#define NAMES(NAME) PEERS(NAME, BPF_MAP_TYPE_LPM_TRIE, struct squall_name)

NAMES(squall_names);
NAMES(squall_endings);

ARRAY(squall_line, struct squall_line, 1);
ARRAY(squall_delays, struct squall_histogram, 1);
ARRAY(squall_shapes, struct squall_shape, 1);
ARRAY(squall_groups, struct squall_group, 1);
ARRAY(squall_waiting, struct squall_waiting, 1);
ARRAY(squall_copies, struct squall_copy, 1);

/* what a rule knows of one flow */
struct flow_key {
	__u64 flow;
	__u64 rule;
};

#define PER_FLOW(NAME)                                                                             \
	struct {                                                                                   \
		__uint(type, BPF_MAP_TYPE_LRU_HASH);                                               \
		__uint(max_entries, 1);                                                            \
		__type(key, struct flow_key);                                                      \
		__type(value, __u64);                                                              \
	} NAME SEC(".maps")

PER_FLOW(squall_order); /* SQUALL_KEEP_ORDER: when the last packet of a flow leaves */
PER_FLOW(squall_flows); /* state of a law */

/* how far a flow is in one direction: key.rule is the direction */
struct course {
	__u64 packets;
	__u64 bytes; /* of payload: the furthest so far */
	__u32 start; /* TCP: sequence number of the first byte */
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 1);
	__type(key, struct flow_key);
	__type(value, struct course);
} squall_courses SEC(".maps");

/* what is known of a flow of TLS: the rules that ask for its server's name */
struct session {
	__u64 rules[SQUALL_DIRECTIONS];
	__u32 next; /* sequence number at which its ClientHello goes on … */
	__u32 end; /* … and of the end of its extensions */
	__u32 direction; /* in which it comes */
	__u32 read; /* all of it */
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 1);
	__type(key, __u64);
	__type(value, struct session);
} squall_sessions SEC(".maps");

/* flows that have been hit, where there is a limit to them */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__type(key, __u64);
	__type(value, __u8);
} squall_spent SEC(".maps");

/* room for a name: as it is in the packet, from its beginning, and from its end */
struct spelling {
	__u8 wire[2 * SQUALL_NAME_BYTES];
	struct squall_name name;
	struct squall_name ending;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct spelling);
} squall_spelling SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 256 * 1024);
} squall_audit SEC(".maps");

static __always_inline bool wants(__u32 feature)
{
	return squall_features & feature;
}

static __always_inline struct squall_run *the_run(void)
{
	__u32 only = 0;

	return bpf_map_lookup_elem(&squall_run, &only);
}

static __always_inline struct squall_line *the_line(void)
{
	__u32 only = 0;

	return bpf_map_lookup_elem(&squall_line, &only);
}

#endif
