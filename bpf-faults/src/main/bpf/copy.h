/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * A copy that passes the hook once more, where the rules of the stages to come have their turn. On
 * its way it carries the marks of passage.h, and what waits for it lies in squall_copies.
 */
#ifndef COPY_H
#define COPY_H

#include "law.h"
#include "passage.h"

/* false: there is no copy; the packet itself is as it was */
static __always_inline bool send_copy_to(struct __sk_buff *skb, struct squall_run *run, __u64 rules,
					 __u32 ifindex, __u64 flags)
{
	__u32 slot = __sync_fetch_and_add(&run->copies, 1) & (SQUALL_COPIES - 1);
	struct squall_copy *copy = bpf_map_lookup_elem(&squall_copies, &slot);
	__u32 mark = skb->mark;
	long failed;

	if (!copy)
		return false;
	copy->rules = rules;
	copy->mark = mark;
	mark_as_passed(skb, run->owner, TRIP_COPY | slot);
	failed = bpf_clone_redirect(skb, ifindex, flags);
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
	__u64 forwards;

	if (!p || !run || !rule || !counts)
		return false;
	forwards = p->direction == SQUALL_EGRESS ? 0 : BPF_F_INGRESS;
	if (!send_copy_to(skb, run, rules, skb->ifindex, forwards)) {
		__sync_fetch_and_add(&counts->overflow, 1);
		return false;
	}
	count(skb, p, counts, rule, index);
	return true;
}

#endif
