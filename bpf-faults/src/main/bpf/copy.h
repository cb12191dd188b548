/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * A copy that passes the hook once more, where the rules of the stages to come have their turn. On
 * its way it carries the marks of passage.h, and what waits for it lies in squall_copies.
 */
#ifndef COPY_H
#define COPY_H

#include "law.h"
#include "passage.h"

/* the packet carries it from here; SQUALL_COPIES: there is no room */
static __always_inline __u32 book_passage(struct __sk_buff *skb, struct squall_run *run,
					  __u32 direction, __u64 rules)
{
	__u32 slot = __sync_fetch_and_add(&run->copies, 1) & (SQUALL_COPIES - 1);
	struct squall_copy *copy = bpf_map_lookup_elem(&squall_copies, &slot);

	if (!copy)
		return SQUALL_COPIES;
	copy->rules = rules;
	copy->mark = skb->mark;
	copy->direction = direction;
	copy->is_segment = false;
	mark_as_passed(skb, run->owner, TRIP_COPY | slot);
	return slot;
}

/* false: there is no copy; the packet itself is as it was */
static __always_inline bool send_twice(struct __sk_buff *skb, struct squall_run *run,
				       __u32 direction, __u64 rules)
{
	__u64 forwards = direction == SQUALL_EGRESS ? 0 : BPF_F_INGRESS;
	__u32 mark = skb->mark;
	long failed;

	if (book_passage(skb, run, direction, rules) == SQUALL_COPIES)
		return false;
	failed = bpf_clone_redirect(skb, skb->ifindex, forwards);
	skb->mark = mark;
	bpf_set_hash_invalid(skb);
	return !failed;
}

/* rules: those that the copy has before it */
__noinline int duplicate(struct __sk_buff *skb, struct packet *p, __u32 index, __u64 rules)
{
	struct squall_counts *counts = counts_at(index);
	struct squall_rule *rule = rule_at(index);
	struct squall_run *run = the_run();

	if (!wants(SQUALL_FEATURE_MULTIPLY) || !p || !run || !rule || !counts)
		return false;
	if (!send_twice(skb, run, p->direction, rules)) {
		__sync_fetch_and_add(&counts->overflow, 1);
		return false;
	}
	count(skb, p, counts, rule, index);
	return true;
}

#endif
