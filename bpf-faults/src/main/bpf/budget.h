/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * How much may be hit. Where a budget is spent, the experiment is over on this interface, for all
 * of its rules and at once; its owner sees that and ends the rest.
 */
#ifndef BUDGET_H
#define BUDGET_H

#include "chance.h"
#include "counters.h"

static __always_inline void end_by(struct squall_experiment *e, __u32 budget)
{
	if (!e->stop)
		e->stop = budget;
}

/* exactly so many, whatever the number of CPUs */
static __always_inline bool has_packets_left(struct squall_experiment *e)
{
	__u64 before = __sync_fetch_and_add(&e->packets, 1);

	if (before + 1 >= e->most_packets)
		end_by(e, SQUALL_PACKETS_SPENT);
	return before < e->most_packets;
}

/* flows that have been hit stay in the map, which has room for so many and no more */
static __always_inline bool has_flow_left(struct squall_experiment *e, const struct packet *p)
{
	__u64 flow = flow_of(p);
	__u8 hit = 1;

	if (bpf_map_lookup_elem(&squall_spent, &flow) ||
	    !bpf_map_update_elem(&squall_spent, &flow, &hit, BPF_ANY))
		return true;
	end_by(e, SQUALL_FLOWS_SPENT);
	return false;
}

/* false: the packet must not be hit */
static __always_inline bool can_afford(struct squall_experiment *e, const struct packet *p)
{
	if (!wants(SQUALL_FEATURE_BUDGET))
		return true;
	if (e->most_flows && !has_flow_left(e, p))
		return false;
	return !e->most_packets || has_packets_left(e);
}

/* false: of the window that has ended more was hit than may be */
static __always_inline bool keeps_share(struct squall_experiment *e, struct squall_counts *counts)
{
	__u64 now = bpf_jiffies64(), matched, hit;

	if (now < counts->window_end)
		return true;
	matched = counts->matched - counts->window_matched;
	hit = counts->hit - counts->window_hit;
	if (counts->window_end && (hit << 32) > matched * e->most_share) {
		end_by(e, SQUALL_SHARE_SPENT);
		return false;
	}
	counts->window_matched += matched;
	counts->window_hit += hit;
	counts->window_end = now + e->share_window;
	return true;
}

#endif
