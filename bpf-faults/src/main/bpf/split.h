/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Wire segments. A packet of segmentation offload is many on the wire, and a device is to finish
 * its checksums; a rule that has to see what the wire sees gets it from a device of our own that
 * knows no offloads, so that the kernel splits and finishes before it.
 *
 *   target's namespace                                      owner's namespace
 *   hook --redirect--> near device ========================> far device, squall_mirror --.
 *   hook <--redirect-- near device, squall_back <=========== far device <----------------'
 */
#ifndef SPLIT_H
#define SPLIT_H

#include "copy.h"

/* all segments carry the same slot back to the hook, where the rules have their turn on each */
static __always_inline int split(struct __sk_buff *skb, struct squall_run *run,
				 const struct packet *p, __u64 rules)
{
	__u32 slot = book_passage(skb, run, p->direction, rules);
	struct squall_copy *copy = bpf_map_lookup_elem(&squall_copies, &slot);

	if (!copy)
		return TC_NEXT;
	copy->is_segment = true;
	return bpf_redirect(run->splitter, 0);
}

static __always_inline int on_mirror(const struct __sk_buff *skb)
{
	return on_a_trip(skb) ? (int)bpf_redirect(skb->ifindex, 0) : TC_DROP;
}

/* the mark did not survive the namespaces, the slot did */
static __always_inline int on_return_from_split(struct __sk_buff *skb)
{
	struct squall_run *run = the_run();
	__u32 slot = skb->hash & TRIP_SLOT;
	struct squall_copy *copy = bpf_map_lookup_elem(&squall_copies, &slot);

	if (!run || !copy || !on_a_trip(skb))
		return TC_DROP;
	skb->mark = PASSAGE_MARK | run->owner;
	return bpf_redirect(run->ifindex, copy->direction == SQUALL_EGRESS ? 0 : BPF_F_INGRESS);
}

#endif
