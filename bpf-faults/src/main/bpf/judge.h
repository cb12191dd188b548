/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What is to become of a packet: the rules that match it have their turn, in the order of the
 * stages, until one of them ends it.
 */
#ifndef JUDGE_H
#define JUDGE_H

#include "budget.h"
#include "law.h"

static __always_inline bool gate_is_open(const struct squall_run *run)
{
	return run->armed && bpf_jiffies64() < run->lease_until;
}

/* NULL when it is not in force */
static __always_inline struct squall_experiment *experiment_of(struct squall_run *run,
							       const struct squall_rule *rule)
{
	__u32 number = rule->experiment & (SQUALL_EXPERIMENTS - 1);
	struct squall_experiment *e = &run->experiments[number];
	__u64 now = bpf_jiffies64();

	return (run->armed >> number & 1) && !e->stop && now >= e->not_before && now < e->deadline ?
		       e :
		       NULL;
}

static __always_inline __u64 first_stage(const struct squall_table *table, __u64 rules)
{
	__u64 first = rules & table->stage[SQUALL_LOSE];

	if (!first)
		first = rules & table->stage[SQUALL_SEVER];
	return first ? first : rules;
}

/* what the rules want of a packet */
struct sentence {
	__u32 fault; /* the one that ends it, SQUALL_EXEMPT when none does */
	__u32 index; /* of its rule */
	__u64 changes; /* bits of the others that hit */
};

/* false: this rule ends the packet, the others have no turn */
static __always_inline bool consult(struct __sk_buff *skb, struct squall_run *run,
				    const struct packet *p, __u32 bit, struct sentence *sentence)
{
	__u32 index = p->direction * SQUALL_RULES + bit;
	struct squall_counts *counts = counts_at(index);
	struct squall_rule *rule = rule_at(index);
	struct squall_experiment *e = rule ? experiment_of(run, rule) : NULL;

	if (!e || !counts)
		return true;
	if (wants(SQUALL_FEATURE_BUDGET) && e->share_window && !keeps_share(e, counts))
		return true;
	if (!is_hit(skb, p, rule, index, count_match(counts, skb), e->not_before) ||
	    !can_afford(e, p))
		return true;
	/* of the rest it is not certain yet that they can be carried out */
	if (rule->fault == SQUALL_LOSS || rule->flags & SQUALL_DRY_RUN)
		count(skb, p, counts, rule, index);
	if (rule->flags & SQUALL_DRY_RUN)
		return true;
	if (rule->fault > SQUALL_PARTITION) {
		sentence->changes |= 1ULL << bit;
		return true;
	}
	sentence->fault = rule->fault;
	sentence->index = index;
	return false;
}

struct hearing {
	struct __sk_buff *skb;
	struct squall_run *run;
	const struct squall_table *table;
	const struct packet *p;
	__u64 rules;
	struct sentence sentence;
};

static long consult_next(__u32 turn, struct hearing *h)
{
	__u32 bit;

	if (!h->rules)
		return 1;
	bit = lowest_bit(first_stage(h->table, h->rules));
	h->rules &= ~(1ULL << bit);
	return !consult(h->skb, h->run, h->p, bit, &h->sentence);
}

/* a call costs as much as the rest: the one rule that mostly matches does without */
static __always_inline struct sentence judge(struct __sk_buff *skb, struct squall_run *run,
					     const struct squall_table *table,
					     const struct packet *p, __u64 rules)
{
	struct hearing hearing = { skb, run, table, p, rules };

	if (rules & (rules - 1))
		bpf_loop(SQUALL_RULES, consult_next, &hearing, 0);
	else
		consult(skb, run, p, lowest_bit(rules), &hearing.sentence);
	return hearing.sentence;
}

#endif
