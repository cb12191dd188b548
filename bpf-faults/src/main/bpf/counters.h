/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What happened, for those who ask: counters per rule, and records of packets that were hit: a
 * sample, or all of them.
 */
#ifndef COUNTERS_H
#define COUNTERS_H

#include "maps.h"
#include "packet.h"

static __always_inline struct squall_counts *counts_at(__u32 index)
{
	return bpf_map_lookup_elem(&squall_counts, &index);
}

/* wire segments beyond the first: a GSO packet is many */
static __always_inline __u32 extra_segments(const struct __sk_buff *skb)
{
	__u32 segments = skb->gso_segs;

	return segments > 1 ? segments - 1 : 0;
}

/* the number of this decision, from 0 */
static __always_inline __u64 count_match(struct squall_counts *counts, const struct __sk_buff *skb)
{
	__u32 extra = extra_segments(skb);

	if (extra)
		__sync_fetch_and_add(&counts->matched_extra, extra);
	return __sync_fetch_and_add(&counts->matched, 1);
}

static __always_inline void count_hit(struct squall_counts *counts, const struct __sk_buff *skb)
{
	__u32 extra = extra_segments(skb);
	__u64 now = bpf_jiffies64();

	if (extra)
		__sync_fetch_and_add(&counts->hit_extra, extra);
	__sync_fetch_and_add(&counts->hit_bytes, skb->len);
	if (!counts->first_hit)
		counts->first_hit = now;
	if (counts->last_hit != now)
		counts->last_hit = now;
	__sync_fetch_and_add(&counts->hit, 1);
}

static __always_inline __u32 bucket_of(__u64 ns)
{
	__u32 exponent = 6;

	if (ns < 64)
		return ns;
#pragma unroll
	for (int bits = 32; bits; bits >>= 1) {
		if (ns >> bits >= 64) {
			ns >>= bits;
			exponent += bits;
		}
	}
	return (exponent - 5) * 64 + (ns & 63);
}

static __always_inline void count_delay(__u32 rule, __u64 ns)
{
	__u32 at = rule % SQUALL_RULES * SQUALL_DIRECTIONS + rule / SQUALL_RULES;
	struct squall_histogram *histogram = bpf_map_lookup_elem(&squall_delays, &at);
	__u32 bucket = bucket_of(ns);

	if (histogram && bucket < SQUALL_BUCKETS)
		__sync_fetch_and_add(&histogram->bucket[bucket], 1);
}

/*
 * 1 to SQUALL_CAPTURE, which is a power of two; the barrier keeps the mask, by which the verifier
 * knows that
 */
static __always_inline __u32 captured_bytes(const struct __sk_buff *skb)
{
	__u32 last = skb->len - 1;

	if (last >= SQUALL_CAPTURE)
		last = SQUALL_CAPTURE - 1;
	barrier_var(last);
	return (last & (SQUALL_CAPTURE - 1)) + 1;
}

static __always_inline void describe(struct squall_event *event, const struct __sk_buff *skb,
				     const struct packet *p, __u32 index)
{
	event->time_ns = bpf_ktime_get_ns();
	event->rule = index;
	event->bytes = skb->len;
	event->segments = extra_segments(skb) + 1;
	event->source_port = p->source_port;
	event->destination_port = p->destination_port;
	event->captured_bytes = 0;
	event->vlan_protocol = skb->vlan_present ? skb->vlan_proto : 0;
	event->vlan_tci = skb->vlan_tci;
	event->version = p->address_bytes == 4 ? 4 : 6;
	event->protocol = p->ip_protocol;
	event->tcp_flags = p->tcp_flags;
	event->reserved = 0;
	__builtin_memcpy(event->source, p->source, 16);
	__builtin_memcpy(event->destination, p->destination, 16);
}

/*
 * A hit that is being recorded. Whether it is open is said by a number that the compiler does not
 * know and the verifier does: that of Linux 6.1 takes the pointer for one that may be NULL, however
 * often it was looked at.
 */
struct record {
	struct squall_event *event;
	__u32 open;
};

/*
 * The packet before the fault changes it; not open: it is not to be recorded, or there is no room.
 * What is opened is closed by count_recorded or discard.
 */
static __always_inline struct record open_record(struct __sk_buff *skb, const struct packet *p,
						 const struct squall_counts *counts,
						 const struct squall_rule *rule, __u32 index)
{
	struct record record = {};
	__u32 bytes;

	if (counts->hit & rule->audit_mask)
		return record;
	record.event = bpf_ringbuf_reserve(&squall_audit, sizeof(*record.event), 0);
	if (!record.event)
		return record;
	describe(record.event, skb, p, index);
	bytes = captured_bytes(skb);
	if (!bpf_skb_load_bytes(skb, 0, record.event->captured, bytes))
		record.event->captured_bytes = bytes;
	record.open = true;
	barrier_var(record.open);
	return record;
}

static __always_inline void discard(const struct record *record)
{
	if (record->open)
		bpf_ringbuf_discard(record->event, BPF_RB_NO_WAKEUP);
}

static __always_inline void count_recorded(struct __sk_buff *skb, struct squall_counts *counts,
					   const struct squall_rule *rule,
					   const struct record *record)
{
	count_hit(counts, skb);
	if (record->open)
		bpf_ringbuf_submit(record->event, BPF_RB_NO_WAKEUP);
	else if (!rule->audit_mask)
		__sync_fetch_and_add(&counts->unrecorded, 1);
}

static __always_inline void count(struct __sk_buff *skb, const struct packet *p,
				  struct squall_counts *counts, const struct squall_rule *rule,
				  __u32 index)
{
	struct record record = open_record(skb, p, counts, rule, index);

	count_recorded(skb, counts, rule, &record);
}

#endif
