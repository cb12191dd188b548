/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Carrying out what was judged. Most of it is not static: the verifier looks at a global function
 * once, whatever led there, and a packet on its way there can afford the call.
 */
#ifndef ACT_H
#define ACT_H

#include "copy.h"
#include "corrupt.h"
#include "dns.h"
#include "judge.h"
#include "line.h"
#include "partition.h"

/* reset and partition */
__noinline int sever(struct __sk_buff *skb, struct packet *p, __u32 index)
{
	struct squall_counts *counts = counts_at(index);
	struct squall_rule *rule = rule_at(index);
	struct squall_run *run = the_run();
	bool resets;
	int verdict;

	if (!p || !run || !rule || !counts)
		return TC_NEXT;
	resets = wants(SQUALL_FEATURE_RESET) && rule->fault == SQUALL_RESET;
	if (resets && !can_reset(skb, p)) {
		__sync_fetch_and_add(&counts->overflow, 1);
		return TC_NEXT;
	}
	count(skb, p, counts, rule, index);
	if (resets)
		verdict = reset(skb, p, run->owner, rule->mode);
	else if (wants(SQUALL_FEATURE_REJECT) && rule->mode != SQUALL_DROP)
		verdict = reject(skb, p, run->owner, counts);
	else
		return vanish(p);
	if (verdict != CANNOT)
		return verdict;
	__sync_fetch_and_add(&counts->overflow, 1);
	return vanish(p);
}

/* every rate and delay that hit has its turn at the device; the first begins here */
__noinline int delay(struct __sk_buff *skb, struct packet *p, __u64 delays)
{
	struct trip trip = { .pending = delays, .mark = skb->mark };
	struct record record;
	struct squall_counts *counts;
	struct squall_rule *rule;

	if (!wants(SQUALL_FEATURE_WAIT) || !p)
		return TC_NEXT;
	trip.direction = p->direction;
	trip.flow = flow_of(p);
	trip.frame_bytes = frame_bytes(skb, p);
	board(&trip);
	counts = counts_at(trip.rule);
	rule = rule_at(trip.rule);
	if (!rule || !counts)
		return TC_NEXT;
	record = open_record(skb, p, counts, rule, trip.rule);
	if (!send_to_wait(skb, &trip)) {
		__sync_fetch_and_add(&counts->overflow, 1);
		discard(&record);
		return trip.refused ? vanish(p) : TC_NEXT;
	}
	count_recorded(skb, counts, rule, &record);
	return vanish(p);
}

static __always_inline __u64 waits(const struct squall_table *table)
{
	return table->stage[SQUALL_QUEUE] | table->stage[SQUALL_WAIT];
}

static __always_inline void damage_by(struct __sk_buff *skb, struct packet *p, __u32 index)
{
	struct squall_rule *rule = rule_at(index);

	if (rule && rule->fault == SQUALL_DNS)
		misanswer(skb, p, index);
	else
		corrupt(skb, p, index);
}

struct turns {
	struct __sk_buff *skb;
	struct packet *p;
	const struct squall_table *table;
	__u64 changes; /* still to make */
	__u64 rules; /* that matched */
};

static long change_next(__u32 turn, struct turns *t)
{
	__u64 damage = t->changes & t->table->stage[SQUALL_DAMAGE];
	__u32 bit = lowest_bit(damage ?: t->changes);

	if (!t->changes)
		return 1;
	t->changes &= ~(1ULL << bit);
	bit += t->p->direction * SQUALL_RULES;
	if (damage)
		damage_by(t->skb, t->p, bit);
	else
		duplicate(t->skb, t->p, bit, t->rules & waits(t->table));
	return 0;
}

/* what leaves the packet on its way, by stages */
__noinline int change(struct __sk_buff *skb, struct packet *p, __u64 changes, __u64 rules)
{
	struct turns turns = { skb, p, NULL, changes, rules };
	__u32 direction;

	if (!p)
		return TC_NEXT;
	direction = p->direction;
	turns.table = bpf_map_lookup_elem(&squall_table, &direction);
	if (!turns.table)
		return TC_NEXT;
	turns.changes &= ~waits(turns.table);
	if (turns.changes)
		bpf_loop(SQUALL_RULES, change_next, &turns, 0);
	changes &= waits(turns.table);
	return changes ? delay(skb, p, changes) : TC_NEXT;
}

static __always_inline int carry_out(struct __sk_buff *skb, struct packet *p, __u64 rules,
				     const struct sentence *sentence)
{
	if (sentence->fault == SQUALL_LOSS)
		return vanish(p);
	if (sentence->fault != SQUALL_EXEMPT)
		return sever(skb, p, sentence->index);
	return sentence->changes ? change(skb, p, sentence->changes, rules) : TC_NEXT;
}

#endif
