/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The contract with user space: every map value that both sides read, compared in a test with the
 * Java side. No hidden padding; times are jiffies64, or CLOCK_MONOTONIC where a name ends in _ns.
 */
#ifndef FAULT_ABI_H
#define FAULT_ABI_H
#include <linux/types.h>

#define SQUALL_ABI 8 /* in squall_run.abi; raised whenever a layout here changes */

enum squall_limit {
	SQUALL_RULES = 64, /* per interface and direction: one bit each in a mask */
	SQUALL_EXPERIMENTS = 16, /* per process and interface: one bit each in armed */
	SQUALL_PROTOCOLS = 4,
	SQUALL_PORT_CLASSES = 256,
	SQUALL_BUCKETS = 2560, /* log2 of nanoseconds, 64 linear steps in each octave */
	SQUALL_STATES = 4, /* of a Markov chain */
	SQUALL_QUANTILES = 4096, /* steps of a delay law */
	SQUALL_SCORE_BITS = 28, /* of one standard deviation; 0 is in the middle of 32 bits */
	SQUALL_SLOTS = 65536, /* packets that can wait at once */
	SQUALL_GROUPS = 4096, /* delays that can wait at once */
	SQUALL_NAME_BYTES = 256,
	SQUALL_COPIES = 16384, /* packets on their way to the hook again */
	SQUALL_CAPTURE = 128, /* bytes of a packet that are recorded: all headers that are parsed */
	SQUALL_REJECTS_PER_SECOND = 1000, /* in any second … */
	SQUALL_REJECTS_AT_ONCE = 100, /* … of these at most so many without a pause */
};

enum squall_direction { SQUALL_EGRESS = 0, SQUALL_INGRESS = 1, SQUALL_DIRECTIONS = 2 };

enum squall_fault {
	SQUALL_EXEMPT = 0, /* hits nothing; takes its packets away from other rules */
	SQUALL_LOSS = 1,
	SQUALL_RESET = 2,
	SQUALL_PARTITION = 3,
	SQUALL_DELAY = 4,
	SQUALL_CORRUPT = 5,
	SQUALL_DUPLICATE = 6,
	SQUALL_RATE = 7,
	SQUALL_DNS = 8, /* the answer becomes a failure; mode is its RCODE (RFC 1035 4.1.1) */
};

/* in this order rules have their turn */
enum squall_stage {
	SQUALL_LOSE = 0,
	SQUALL_SEVER = 1,
	SQUALL_DAMAGE = 2,
	SQUALL_MULTIPLY = 3,
	SQUALL_QUEUE = 4,
	SQUALL_WAIT = 5,
	SQUALL_STAGES = 6,
};

/* how a rule decides; see law.h */
enum squall_law {
	SQUALL_INDEPENDENT = 0, /* each packet, or each flow, for itself */
	SQUALL_EVERY = 1, /* packets parameter, 2 * parameter, … */
	SQUALL_CHAIN = 2, /* as squall_chains says */
	SQUALL_LARGER = 3, /* packets of more than parameter bytes from the IP header on */
	SQUALL_GAP = 4, /* at least parameter - 1 packets between two hits */
};

/* SQUALL_DRY_RUN: count what would be hit, touch nothing */
enum squall_rule_flag {
	SQUALL_PER_FLOW = 1,
	SQUALL_DRY_RUN = 2,
	SQUALL_KEEP_ORDER = 4,
	SQUALL_PER_SEGMENT = 8,
	SQUALL_AFTER_BYTES = 16, /* squall_rule.after counts bytes, not packets */
	SQUALL_FIRST_BYTES = 32,
	SQUALL_BY_SHARE = 64, /* threshold may be changed while it runs */
};

enum squall_reset_mode { SQUALL_RESET_SENDER = 1, SQUALL_RESET_RECEIVER = 2 };
enum squall_partition_mode { SQUALL_DROP = 0, SQUALL_REJECT = 1 };
enum squall_corrupt_mode { SQUALL_DETECTABLE = 0, SQUALL_SILENT = 1 };

/* SQUALL_ICMP: echo and errors, of IPv4 and IPv6 */
enum squall_protocol { SQUALL_TCP = 0, SQUALL_UDP = 1, SQUALL_ICMP = 2, SQUALL_OTHER = 3 };

/* squall_table.axes: what some rule asks for; the rest is not looked at */
enum squall_axis {
	SQUALL_AXIS_HOST4 = 1,
	SQUALL_AXIS_PREFIX4 = 2,
	SQUALL_AXIS_HOST6 = 4,
	SQUALL_AXIS_PREFIX6 = 8,
	SQUALL_AXIS_PEER_PORT = 16,
	SQUALL_AXIS_LOCAL_PORT = 32,
	SQUALL_AXIS_TCP_FLAGS = 64,
};

enum squall_stop {
	SQUALL_GOES_ON = 0,
	SQUALL_ASKED_TO_STOP = 1, /* by another process */
	SQUALL_PACKETS_SPENT = 2, /* of its budget */
	SQUALL_FLOWS_SPENT = 3,
	SQUALL_SHARE_SPENT = 4,
};

/* what some rule of an object asks for; the verifier leaves out the rest */
enum squall_feature {
	SQUALL_FEATURE_QUESTIONS = 1, /* names in answers of DNS */
	SQUALL_FEATURE_SERVERS = 2, /* names in TLS */
	SQUALL_FEATURE_PLACES = 4, /* in flows */
	SQUALL_FEATURE_LAWS = 8, /* other than SQUALL_INDEPENDENT */
	SQUALL_FEATURE_BUDGET = 16,
	SQUALL_FEATURE_RESET = 32,
	SQUALL_FEATURE_DAMAGE = 64, /* the stages */
	SQUALL_FEATURE_MULTIPLY = 128,
	SQUALL_FEATURE_WAIT = 256,
	SQUALL_FEATURE_REJECT = 512, /* a partition that answers */
	SQUALL_FEATURE_ALL = 1023,
};

enum squall_line_kind { SQUALL_NO_LINE = 0, SQUALL_FQ = 1, SQUALL_HTB = 2, SQUALL_TAP = 3 };

struct squall_experiment {
	__u64 not_before;
	__u64 deadline;
	__u32 stop; /* enum squall_stop: obeyed at once, whoever asks */
	__u32 most_flows; /* that may be hit; 0: any number */
	__u64 most_packets; /* likewise */
	__u64 packets; /* hit so far, where there is such a limit */
	__u64 most_share; /* of matched that may be hit in a window, × 2^32 */
	__u64 share_window; /* 0: any share */
	char id[16];
	char command[200];
};

/* squall_run: gate, lease and registry entry of one process on one interface */
struct squall_run {
	__u64 armed; /* bit n: experiments[n]; 0 is the whole of the disarmed path */
	__u64 lease_until;
	__u32 abi;
	__u32 owner; /* 1 to 65535, in the marks of packets that come back */
	__u32 pid;
	__u32 ifindex;
	__u32 splitter; /* ifindex of the near end of the device that splits, or 0 */
	__u32 reserved;
	__u64 pid_start; /* field 22 of /proc/PID/stat */
	__u64 netns; /* inode */
	__u64 clock_jiffies; /* written together by squall_clock */
	__u64 clock_ns;
	__u64 copies; /* sent so far: the cursor of squall_copies */
	__u64 nameless; /* flows without a server's name that can be read: see tls.h */
	char place[64]; /* the target in words */
	struct squall_experiment experiments[SQUALL_EXPERIMENTS];
};

/* squall_table: who matches, one per direction; each mask holds the rules that a value satisfies */
struct squall_table {
	__u64 rules; /* in force */
	__u64 exempting; /* of these, the SQUALL_EXEMPT ones */
	__u64 stage[SQUALL_STAGES];
	__u64 per_segment; /* what they match is split first: see split.h */
	__u64 by_question; /* ask for names in answers of DNS: see dns.h */
	__u64 by_server; /* ask for the server's name in flows of TLS: see tls.h */
	__u64 by_place; /* ask for a place in the flow: see place.h */
	__u64 protocol[SQUALL_PROTOCOLS];
	__u64 any_peer;
	__u64 portless; /* satisfied by a packet without ports */
	__u64 flagless; /* satisfied by a packet without TCP flags */
	__u32 axes;
	__u32 link_header; /* bytes before the IP header: 14, or 0 */
	__u64 peer_port[SQUALL_PORT_CLASSES];
	__u64 local_port[SQUALL_PORT_CLASSES];
	__u64 tcp_flags[256];
};

/* squall_ports: port to class; the classes are those of squall_table */
struct squall_ports {
	__u8 peer[65536];
	__u8 local[65536];
};

/* squall_hosts4, squall_prefixes4, squall_hosts6, squall_prefixes6; squall_names, squall_endings */
struct squall_peer {
	__u64 rules[SQUALL_DIRECTIONS];
};

/* squall_rules: index = direction * SQUALL_RULES + bit */
struct squall_rule {
	__u64 key; /* of the decisions: seed and rule, mixed */
	__u64 threshold; /* hit when a draw of 32 bits is below */
	__u64 clears; /* SQUALL_EXEMPT: rules that lose the packet */
	__u32 fault;
	__u32 flags;
	__u32 experiment;
	__u32 mode;
	__u32 first_group; /* SQUALL_DELAY, SQUALL_RATE: where its packets wait */
	__u32 groups; /* 2^n; more than one: each is one step of the law */
	__u32 shape; /* 0: squall_group.delay_ns as it is; else squall_shapes[shape - 1] */
	__u32 audit_mask; /* every hit whose number has none of these bits is recorded */
	__u32 law;
	__u32 parameter; /* of the law */
	__u32 correlation; /* of delays: ρ × 2^16; 0: each is drawn for itself … */
	__u32 innovation; /* … and √(1 - ρ²) × 2^16 */
	__u64 after; /* only behind so much of the flow … */
	__u64 first; /* … and within so much of it; 0: to its end */
	__u64 ramp_from; /* a threshold: the first one, which becomes the other … */
	__u64 ramp; /* … in so many jiffies; 0: at once */
};

/* squall_chains, index as in squall_rules: a Markov chain that steps once for each packet */
struct squall_chain {
	__u64 next[SQUALL_STATES * (SQUALL_STATES - 1)]; /* from each; cumulative, × 2^32 */
	__u64 hit[SQUALL_STATES]; /* in each state: a draw of 32 bits is below */
};

/* squall_counts: index as in squall_rules */
struct squall_counts {
	__u64 matched;
	__u64 matched_extra; /* wire segments beyond one per packet */
	__u64 hit;
	__u64 hit_extra;
	__u64 hit_bytes;
	__u64 overflow; /* should have been hit and passed; SQUALL_REJECT: vanished unanswered */
	__u64 first_hit;
	__u64 last_hit;
	__u64 marked; /* SQUALL_RATE: congestion experienced, instead of being dropped */
	__u64 draws; /* delays drawn */
	__u64 next_reject_ns; /* SQUALL_REJECT: when its answers so far are paid for */
	__u64 law_state; /* where its law has no state per flow; of a delay, the last score */
	__u64 window_end; /* squall_experiment.share_window: jiffies64, and … */
	__u64 window_matched; /* … what had been counted when it began */
	__u64 window_hit;
	__u64 unrecorded; /* audit_mask 0: hits for which squall_audit had no room */
};

/* squall_delays: index = bit * 2 + direction; how long packets were really away */
struct squall_histogram {
	__u64 bucket[SQUALL_BUCKETS];
};

/*
 * squall_shapes: quantiles of a law. Where delays correlate, the first two are the normal scores of
 * draws, and the draws of scores.
 */
struct squall_shape {
	__u64 quantile_ns[SQUALL_QUANTILES + 1];
};

/* squall_line: the one delay device of this interface */
struct squall_line {
	__u32 kind;
	__u32 near; /* ifindex of the device in the target's namespace */
	__u32 near_queue; /* the one for SQUALL_RATE: another with SQUALL_HTB, else the same */
	__u32 reserved;
	__u64 heartbeat_ns; /* SQUALL_TAP: the loop lives */
};

/* squall_groups: slots that share one delay, or one rate */
struct squall_group {
	__u64 delay_ns;
	__u64 ns_per_byte; /* × 2^20; 0: a delay, and the next three mean nothing */
	__u64 burst_ns; /* that the line may run ahead */
	__u64 backlog_ns; /* of waiting; more is dropped */
	__u64 free_ns; /* when all that was let in has left */
	__u32 first_slot;
	__u32 slots;
	__u64 cursor;
};

/* squall_waiting: one packet that is away; its index travels in skb->hash */
struct squall_waiting {
	__u64 departure_ns;
	__u64 busy_until_ns;
	__u64 entered_ns;
	__u64 pending; /* delay rules of this packet that have not had their turn */
	__u64 flow; /* for SQUALL_KEEP_ORDER */
	__u32 mark; /* of the packet, given back to it */
	__u32 rule; /* index as in squall_rules */
	__u8 macs[12]; /* SQUALL_TAP: given back likewise */
	__u32 frame_bytes; /* on the wire, of all its segments */
};

/* squall_copies: a packet that passes the hook once more; its index travels in skb->hash */
struct squall_copy {
	__u64 rules; /* that have their turn then */
	__u32 mark; /* of the packet, given back to it */
	__u16 direction;
	__u16 is_segment; /* the rules have only matched, as far as a packet that is split can */
};

/* squall_names, squall_endings: a name, or its beginning; or its end, from behind */
struct squall_name {
	__u32 bits; /* of text that count */
	__u8 text[SQUALL_NAME_BYTES]; /* lower case; a whole name has a 0 behind it */
};

/* records in squall_audit: packets that were hit, as the rule met them */
struct squall_event {
	__u64 time_ns;
	__u32 rule;
	__u32 bytes; /* without a VLAN tag beside the packet */
	__u16 segments;
	__u16 source_port;
	__u16 destination_port;
	__u16 captured_bytes;
	__u16 vlan_protocol; /* of a tag beside the packet, network order; 0: there is none */
	__u16 vlan_tci;
	__u8 version; /* 4 or 6 */
	__u8 protocol; /* IPPROTO_… */
	__u8 tcp_flags;
	__u8 reserved;
	__u8 source[16]; /* IPv4 in the first four */
	__u8 destination[16];
	__u8 captured[SQUALL_CAPTURE]; /* the first bytes of the packet */
};

#endif
