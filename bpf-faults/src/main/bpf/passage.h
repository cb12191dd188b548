/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Packets that pass a hook twice, and packets that vanish.
 *
 * A packet that comes back from a wait, or an answer that a fault made, carries a mark: a number
 * that all Squall programs know, and its owner's. A program that is not the owner lets it pass
 * untouched and uncounted; the owner restores the old mark and lets it pass too. What to restore
 * travels in skb->hash, which survives the way between namespaces (mark, priority and tstamp do
 * not: skb_scrub_packet in net/core/skbuff.c).
 */
#ifndef PASSAGE_H
#define PASSAGE_H

#include "maps.h"
#include "packet.h"

#define TC_NEXT -1 /* TCX_NEXT, TC_ACT_UNSPEC: on to the next program */
#define TC_DROP 2 /* TCX_DROP, TC_ACT_SHOT */

#define PASSAGE_MARK 0x5a1e0000U
#define PASSAGE_MASK 0xffff0000U

#define TRIP 0x5a000000U /* in skb->hash, with the slot in the low bits */
#define TRIP_MASK 0xff000000U
#define TRIP_TOKEN 0x00800000U /* a packet that only drives a class into debt: see delay.h */
#define TRIP_ANSWER 0x00400000U /* no slot: nothing to restore */
#define TRIP_COPY 0x00200000U /* the slot is one of squall_copies */
#define TRIP_SLOT 0x0003ffffU

static __always_inline bool on_a_trip(const struct __sk_buff *skb)
{
	return (skb->hash & TRIP_MASK) == TRIP;
}

static __always_inline struct squall_waiting *waiting_at(__u32 slot)
{
	return bpf_map_lookup_elem(&squall_waiting, &slot);
}

static __always_inline void mark_as_passed(struct __sk_buff *skb, __u32 owner, __u32 trip)
{
	skb->mark = PASSAGE_MARK | owner;
	bpf_set_hash(skb, TRIP | trip);
}

static __always_inline bool has_passed(const struct __sk_buff *skb)
{
	return (skb->mark & PASSAGE_MASK) == PASSAGE_MARK;
}

/*
 * gives the packet back its mark; the rules that have their turn now, 0 when it only passes, and
 * whether they are still to be asked which place in its flow they want
 */
static __always_inline __u64 readmit(struct __sk_buff *skb, const struct squall_run *run,
				     bool *is_segment)
{
	__u32 trip = skb->hash, slot = trip & TRIP_SLOT;
	struct squall_waiting *waiting;
	struct squall_copy *copy;

	if (skb->mark != (PASSAGE_MARK | run->owner))
		return 0;
	skb->mark = 0;
	bpf_set_hash_invalid(skb);
	if ((trip & TRIP_MASK) != TRIP || (trip & TRIP_ANSWER))
		return 0;
	if (trip & TRIP_COPY) {
		copy = bpf_map_lookup_elem(&squall_copies, &slot);
		if (!copy)
			return 0;
		skb->mark = copy->mark;
		*is_segment = copy->is_segment;
		return copy->rules;
	}
	waiting = waiting_at(slot);
	skb->mark = waiting ? waiting->mark : 0;
	return 0;
}

/*
 * Gone without a trace. A plain drop on egress is local congestion to the TCP that sent it, which
 * sends again at once. No interface has index 0: the kernel frees the packet and reports it as
 * sent (skb_do_redirect and sch_handle_egress in net/core).
 */
static __always_inline int vanish(const struct packet *p)
{
	return p->direction == SQUALL_EGRESS ? (int)bpf_redirect(0, 0) : TC_DROP;
}

#endif
