/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What happened, for those who ask: counters per rule, and a sample of the packets that were hit.
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

/* the number of this hit, from 0 */
static __always_inline __u64 count_hit(struct squall_counts *counts, const struct __sk_buff *skb)
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
	return __sync_fetch_and_add(&counts->hit, 1);
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

static __always_inline void audit(const struct __sk_buff *skb, const struct packet *p,
				  const struct squall_rule *rule, __u32 index)
{
	struct squall_event *event = bpf_ringbuf_reserve(&squall_audit, sizeof(*event), 0);

	if (!event)
		return;
	__builtin_memset(event, 0, sizeof(*event));
	event->time_ns = bpf_ktime_get_ns();
	event->rule = index;
	event->bytes = skb->len;
	event->segments = extra_segments(skb) + 1;
	event->source_port = p->source_port;
	event->destination_port = p->destination_port;
	event->version = p->address_bytes == 4 ? 4 : 6;
	event->protocol = p->ip_protocol;
	event->tcp_flags = p->tcp_flags;
	event->dry_run = !!(rule->flags & SQUALL_DRY_RUN);
	__builtin_memcpy(event->source, p->source, 16);
	__builtin_memcpy(event->destination, p->destination, 16);
	bpf_ringbuf_submit(event, BPF_RB_NO_WAKEUP);
}

static __always_inline void count(struct __sk_buff *skb, const struct packet *p,
				  struct squall_counts *counts, const struct squall_rule *rule,
				  __u32 index)
{
	__u64 n = count_hit(counts, skb);

	if (!(n & rule->audit_mask))
		audit(skb, p, rule, index);
}

#endif
