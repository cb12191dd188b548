/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Carrying out what was judged. Most of it is not static: the verifier looks at a global function
 * once, whatever led there, and a packet on its way there can afford the call.
 */
#ifndef ACT_H
#define ACT_H

#include "judge.h"
#include "line.h"
#include "partition.h"

/* reset and partition */
__noinline int sever(struct __sk_buff *skb, struct packet *p, __u32 index)
{
	struct squall_counts *counts = counts_at(index);
	struct squall_rule *rule = rule_at(index);
	struct squall_run *run = the_run();
	int verdict;

	if (!p || !run || !rule || !counts)
		return TC_NEXT;
	if (rule->fault == SQUALL_RESET && !can_reset(skb, p)) {
		__sync_fetch_and_add(&counts->overflow, 1);
		return TC_NEXT;
	}
	count(skb, p, counts, rule, index);
	if (rule->fault == SQUALL_RESET)
		verdict = reset(skb, p, run->owner, rule->mode);
	else if (rule->mode == SQUALL_DROP)
		return vanish(p);
	else
		verdict = reject(skb, p, run->owner, counts);
	if (verdict != CANNOT)
		return verdict;
	__sync_fetch_and_add(&counts->overflow, 1);
	return vanish(p);
}

/* every delay that hit has its turn at the device; the first begins here */
__noinline int delay(struct __sk_buff *skb, struct packet *p, __u64 delays)
{
	struct trip trip = { .pending = delays & (delays - 1), .mark = skb->mark };
	struct squall_counts *counts;
	struct squall_rule *rule;

	if (!p)
		return TC_NEXT;
	trip.rule = p->direction * SQUALL_RULES + lowest_bit(delays);
	trip.flow = flow_of(p);
	counts = counts_at(trip.rule);
	rule = rule_at(trip.rule);
	if (!rule || !counts)
		return TC_NEXT;
	if (!send_to_wait(skb, &trip)) {
		__sync_fetch_and_add(&counts->overflow, 1);
		return TC_NEXT;
	}
	count(skb, p, counts, rule, trip.rule);
	return vanish(p);
}

static __always_inline int carry_out(struct __sk_buff *skb, struct packet *p,
				     const struct sentence *sentence)
{
	if (sentence->fault == SQUALL_EXEMPT)
		return sentence->delays ? delay(skb, p, sentence->delays) : TC_NEXT;
	return sentence->fault == SQUALL_LOSS ? vanish(p) : sever(skb, p, sentence->index);
}

#endif
