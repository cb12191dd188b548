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
	struct squall_histogram *histogram = bpf_map_lookup_elem(&squall_delays, &rule);
	__u32 bucket = bucket_of(ns);

	if (histogram && bucket < SQUALL_BUCKETS)
		__sync_fetch_and_add(&histogram->bucket[bucket], 1);
}

/* 1 to SQUALL_CAPTURE, which is a power of two, so that the verifier follows */
static __always_inline __u32 captured_bytes(const struct __sk_buff *skb)
{
	__u32 last = skb->len - 1;

	if (last >= SQUALL_CAPTURE)
		last = SQUALL_CAPTURE - 1;
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
 * The packet before the fault changes it; NULL: it is not to be recorded, or there is no room. What
 * is opened is closed by count_recorded or discard.
 */
static __always_inline struct squall_event *open_record(struct __sk_buff *skb,
							const struct packet *p,
							const struct squall_counts *counts,
							const struct squall_rule *rule, __u32 index)
{
	__u32 bytes = captured_bytes(skb);
	struct squall_event *event;

	if (counts->hit & rule->audit_mask)
		return NULL;
	event = bpf_ringbuf_reserve(&squall_audit, sizeof(*event), 0);
	if (!event)
		return NULL;
	describe(event, skb, p, index);
	event->captured_bytes = bpf_skb_load_bytes(skb, 0, event->captured, bytes) ? 0 : bytes;
	return event;
}

static __always_inline void discard(struct squall_event *event)
{
	if (event)
		bpf_ringbuf_discard(event, BPF_RB_NO_WAKEUP);
}

static __always_inline void count_recorded(struct __sk_buff *skb, struct squall_counts *counts,
					   const struct squall_rule *rule,
					   struct squall_event *event)
{
	count_hit(counts, skb);
	if (event)
		bpf_ringbuf_submit(event, BPF_RB_NO_WAKEUP);
	else if (!rule->audit_mask)
		__sync_fetch_and_add(&counts->unrecorded, 1);
}

static __always_inline void count(struct __sk_buff *skb, const struct packet *p,
				  struct squall_counts *counts, const struct squall_rule *rule,
				  __u32 index)
{
	count_recorded(skb, counts, rule, open_record(skb, p, counts, rule, index));
}

#endif
