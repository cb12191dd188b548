/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Where in its flow a packet is, in its direction. A TCP connection begins with its SYN, and one
 * that is sent again begins nothing; bytes are counted by sequence numbers. Where the beginning was
 * not seen, the packet is taken to be far from it. Everything else begins with the first packet.
 */
#ifndef PLACE_H
#define PLACE_H

#include "chance.h"
#include "counters.h"
#include "frame.h"
#include "match.h"

#define TCP_SYN 0x02
#define FAR ~0ULL

struct place {
	__u64 packets; /* before this one */
	__u64 bytes;
};

static __always_inline bool has_sequence(const struct packet *p)
{
	return p->ip_protocol == IPPROTO_TCP && !p->fragment;
}

static __always_inline __u32 payload_bytes(struct __sk_buff *skb, const struct packet *p)
{
	__u32 start = payload_offset(skb, p), end = p->transport_offset + transport_length(skb, p);

	return start && start < end ? end - start : 0;
}

/* start: sequence number of the first byte, where the packet has one */
static __always_inline struct course *course_of(const struct packet *p, __u32 start)
{
	struct flow_key key = { flow_of(p), p->direction };
	struct course fresh = { .start = start };
	struct course *course = bpf_map_lookup_elem(&squall_courses, &key);
	bool begins = !course;

	if (has_sequence(p))
		begins = (p->tcp_flags & TCP_SYN) && (!course || course->start != start);
	if (!begins)
		return course;
	bpf_map_update_elem(&squall_courses, &key, &fresh, BPF_ANY);
	return bpf_map_lookup_elem(&squall_courses, &key);
}

/* the first byte of a segment, counted from the beginning beyond what 32 bits can */
static __always_inline __u64 advance(struct course *course, __u32 sequence, __u32 payload)
{
	__u64 furthest = *(volatile __u64 *)&course->bytes;
	__s64 at = furthest + (__s32)(sequence - (course->start + (__u32)furthest));

	if (at < 0)
		return 0;
	if ((__u64)at + payload > furthest)
		*(volatile __u64 *)&course->bytes = at + payload;
	return at;
}

static __always_inline struct place place_of(struct __sk_buff *skb, const struct packet *p)
{
	__u32 payload = payload_bytes(skb, p), sequence = 0;
	struct place place = { FAR, FAR };
	struct course *course;
	__be32 loaded = 0;

	if (has_sequence(p)) {
		bpf_skb_load_bytes(skb, p->transport_offset + 4, &loaded, sizeof(loaded));
		sequence = bpf_ntohl(loaded) + !!(p->tcp_flags & TCP_SYN);
	}
	course = course_of(p, sequence);
	if (!course)
		return place;
	place.packets = __sync_fetch_and_add(&course->packets, extra_segments(skb) + 1);
	place.bytes = has_sequence(p) ? advance(course, sequence, payload) :
					__sync_fetch_and_add(&course->bytes, payload);
	return place;
}

struct placing {
	struct place place;
	__u64 asking; /* rules that are still to be asked */
	__u64 refusing;
	__u32 first_index;
};

static long ask_one(__u32 turn, struct placing *placing)
{
	__u64 bit = placing->asking & -placing->asking, after, first;
	struct squall_rule *rule;

	if (!bit)
		return 1;
	placing->asking &= ~bit;
	rule = rule_at(placing->first_index + lowest_bit(bit));
	if (!rule)
		return 0;
	after = rule->flags & SQUALL_AFTER_BYTES ? placing->place.bytes : placing->place.packets;
	first = rule->flags & SQUALL_FIRST_BYTES ? placing->place.bytes : placing->place.packets;
	if (after < rule->after || (rule->first && first >= rule->first))
		placing->refusing |= bit;
	return 0;
}

/* the rules that want this place in the flow, and those that do not care */
__noinline __u64 in_place(struct __sk_buff *skb, struct packet *p, __u64 rules, __u64 asking)
{
	struct placing placing = { .asking = rules & asking };

	if (!wants(SQUALL_FEATURE_PLACES) || !p)
		return 0;
	placing.place = place_of(skb, p);
	placing.first_index = p->direction * SQUALL_RULES;
	bpf_loop(SQUALL_RULES, ask_one, &placing, 0);
	return rules & ~placing.refusing;
}

#endif
