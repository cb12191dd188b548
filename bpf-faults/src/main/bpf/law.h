/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Which packets: the laws by which rules decide. A law that remembers keeps one word, per rule or
 * per flow. Draws are numbered by the packets that matched the rule, whatever the law.
 */
#ifndef LAW_H
#define LAW_H

#include "chance.h"
#include "frame.h"
#include "counters.h"
#include "match.h"

#define STEP_SALT 0xa0761d6478bd642fULL /* keeps the steps of a chain apart from its hits */
#define STEP_TRIES 8 /* against other CPUs */

/* what a draw has to be below, so long after the fault began */
static __always_inline __u64 threshold_at(const struct squall_rule *rule, __u64 since)
{
	__u64 from = rule->ramp_from, to = rule->threshold;

	if (since >= rule->ramp)
		return to;
	if (from < to)
		return from + (to - from) * since / rule->ramp;
	return from - (from - to) * since / rule->ramp;
}

/* a packet, before one rule */
struct claim {
	const struct squall_rule *rule;
	struct squall_counts *counts;
	__u32 index; /* of the rule */
	__u64 number; /* of the decision, from 0 */
};

/* per flow, where there is room for another one; else one for all */
static __always_inline __u64 *state_of(const struct claim *claim, const struct packet *p)
{
	struct flow_key key = { .rule = claim->index };
	__u64 fresh = 0, *state;

	if (!(claim->rule->flags & SQUALL_PER_FLOW))
		return &claim->counts->law_state;
	key.flow = flow_of(p);
	state = bpf_map_lookup_elem(&squall_flows, &key);
	if (state)
		return state;
	bpf_map_update_elem(&squall_flows, &key, &fresh, BPF_NOEXIST);
	state = bpf_map_lookup_elem(&squall_flows, &key);
	return state ?: &claim->counts->law_state;
}

static __always_inline __u64 next_state(const struct squall_chain *chain, __u64 state, __u32 drawn)
{
	const __u64 *next = &chain->next[(state & (SQUALL_STATES - 1)) * (SQUALL_STATES - 1)];

	return (drawn >= next[0]) + (drawn >= next[1]) + (drawn >= next[2]);
}

/* the step and its draw are one: no other CPU steps from the same state */
static __always_inline bool by_chain(const struct claim *claim, __u64 *state)
{
	__u32 drawn = draw(claim->rule->key ^ STEP_SALT, claim->number), index = claim->index;
	struct squall_chain *chain = bpf_map_lookup_elem(&squall_chains, &index);
	__u64 before, after = 0;

	if (!chain)
		return false;
	for (int i = 0; i < STEP_TRIES; i++) {
		before = *(volatile __u64 *)state;
		after = next_state(chain, before, drawn);
		if (after == before || __sync_val_compare_and_swap(state, before, after) == before)
			break;
	}
	return draw(claim->rule->key, claim->number) < chain->hit[after & (SQUALL_STATES - 1)];
}

static __always_inline bool by_gap(const struct claim *claim, __u64 *state)
{
	if (__sync_fetch_and_add(state, 1) + 1 < claim->rule->parameter ||
	    draw(claim->rule->key, claim->number) >= claim->rule->threshold)
		return false;
	*(volatile __u64 *)state = 0;
	return true;
}

/* of the largest packet that goes onto the wire for this one, from the IP header on */
static __always_inline __u32 ip_bytes(struct __sk_buff *skb, const struct packet *p)
{
	if (!skb->gso_size)
		return skb->len - p->ip_offset;
	return header_bytes(skb, p) - p->ip_offset + skb->gso_size;
}

/* the laws that remember or measure: the verifier looks at them once */
__noinline int by_further_law(struct __sk_buff *skb, struct packet *p, __u32 index, __u64 number)
{
	struct claim claim = { rule_at(index), counts_at(index), index, number };

	if (!wants(SQUALL_FEATURE_LAWS) || !p || !claim.rule || !claim.counts)
		return false;
	switch (claim.rule->law) {
	case SQUALL_EVERY:
		number = __sync_fetch_and_add(state_of(&claim, p), 1) + 1;
		return number % claim.rule->parameter == 0;
	case SQUALL_CHAIN:
		return by_chain(&claim, state_of(&claim, p));
	case SQUALL_LARGER:
		return ip_bytes(skb, p) > claim.rule->parameter;
	case SQUALL_GAP:
		return by_gap(&claim, state_of(&claim, p));
	}
	return false;
}

static __always_inline bool is_hit(struct __sk_buff *skb, const struct packet *p,
				   const struct squall_rule *rule, __u32 index, __u64 number,
				   __u64 not_before)
{
	__u64 threshold = rule->threshold;

	if (rule->law)
		return by_further_law(skb, (struct packet *)p, index, number);
	if (rule->flags & SQUALL_PER_FLOW)
		number = flow_of(p);
	if (rule->ramp)
		threshold = threshold_at(rule, bpf_jiffies64() - not_before);
	return draw(rule->key, number) < threshold;
}

#endif
