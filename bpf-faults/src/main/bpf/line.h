/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The way to the delay device, round its queue, and back. */
#ifndef LINE_H
#define LINE_H

#include "delay.h"
#include "frame.h"
#include "match.h"
#include "parse.h"

/* a TAP's reader does not see skb->hash: the slot goes where the MAC addresses were */
static __always_inline void write_label(struct __sk_buff *skb, struct squall_waiting *waiting,
					__u32 slot)
{
	struct tap_label label = { .magic = TAP_MAGIC, .slot = slot };

	bpf_skb_load_bytes(skb, 0, waiting->macs, sizeof(waiting->macs));
	bpf_skb_store_bytes(skb, 0, &label, sizeof(label), 0);
}

static __always_inline __u32 near_end(const struct squall_line *line, __u32 rule)
{
	return is_rate(rule) ? line->near_queue : line->near;
}

/* sends a copy of the packet to wait; the packet itself is left as it was */
static __always_inline bool send_copy(struct __sk_buff *skb, const struct squall_line *line,
				      const struct trip *trip)
{
	struct squall_waiting *waiting = waiting_at(trip->slot);
	long failed;

	if (!waiting)
		return false;
	if (line->kind == SQUALL_TAP)
		write_label(skb, waiting, trip->slot);
	bpf_set_hash(skb, TRIP | trip->slot);
	failed = bpf_clone_redirect(skb, near_end(line, trip->rule), 0);
	bpf_set_hash_invalid(skb);
	if (line->kind == SQUALL_TAP)
		bpf_skb_store_bytes(skb, 0, waiting->macs, sizeof(waiting->macs), 0);
	if (failed)
		waiting->busy_until_ns = 0;
	return !failed;
}

/* from a hook: true when the packet waits, and the original has to go */
static __always_inline bool send_to_wait(struct __sk_buff *skb, struct trip *trip)
{
	struct squall_line *line = the_line();

	if (!line || !line_is_up(line) || skb->len > MAX_WAITING_BYTES)
		return false;
	return book(skb, trip) && send_copy(skb, line, trip);
}

/*
 * HTB: every packet costs its class one delay's worth of tokens. A token packet goes first: it
 * leaves at once and puts the class into debt, so that the packet behind it waits exactly the
 * delay.
 */
static __always_inline void wait_in_class(struct __sk_buff *skb, __u32 slot)
{
	skb->priority = 1 << 16 | (slot + 1);
	bpf_set_hash(skb, TRIP | TRIP_TOKEN | slot);
	bpf_clone_redirect(skb, skb->ifindex, 0);
	bpf_set_hash(skb, TRIP | slot);
}

/* one class per direction sends at the rate */
static __always_inline void queue_in_class(struct __sk_buff *skb, __u32 rule)
{
	skb->priority = 1 << 16 | (rule / SQUALL_RULES + 1);
}

static __always_inline int on_arrival_at_far(struct __sk_buff *skb)
{
	struct squall_line *line = the_line();
	__u32 slot = skb->hash & TRIP_SLOT;
	struct squall_waiting *waiting;

	if (!line || !on_a_trip(skb) || (skb->hash & TRIP_TOKEN))
		return TC_DROP;
	waiting = waiting_at(slot);
	if (!waiting)
		return TC_DROP;
	if (line->kind != SQUALL_HTB)
		bpf_skb_set_tstamp(skb, waiting->departure_ns, BPF_SKB_TSTAMP_DELIVERY_MONO);
	else if (is_rate(waiting->rule))
		queue_in_class(skb, waiting->rule);
	else
		wait_in_class(skb, slot);
	return bpf_redirect(skb->ifindex, 0);
}

/*
 * the slot of a packet that comes back, SQUALL_SLOTS for anything else; its MAC addresses are put
 * back
 */
static __always_inline __u32 read_slot(struct __sk_buff *skb, const struct squall_line *line)
{
	struct squall_waiting *waiting;
	struct tap_label label;
	__u32 slot;

	if (line->kind != SQUALL_TAP)
		return on_a_trip(skb) && !(skb->hash & TRIP_TOKEN) ? skb->hash & TRIP_SLOT :
								     SQUALL_SLOTS;
	if (bpf_skb_load_bytes(skb, 0, &label, sizeof(label)) || label.magic != TAP_MAGIC)
		return SQUALL_SLOTS;
	slot = label.slot;
	waiting = waiting_at(slot);
	if (waiting)
		bpf_skb_store_bytes(skb, 0, waiting->macs, sizeof(waiting->macs), 0);
	return slot;
}

/* counts the wait; an HTB class pays for the packet as long again as it waited */
static __always_inline void settle(struct squall_waiting *waiting, __u32 kind)
{
	__u64 now = bpf_ktime_get_ns();
	__u64 away = now - waiting->entered_ns;

	count_delay(waiting->rule, away);
	if (kind != SQUALL_HTB || away < REUSE_NS || is_rate(waiting->rule))
		away = REUSE_NS;
	waiting->busy_until_ns = now + away;
}

/* the rule whose turn it is leaves those that are pending */
static __always_inline void board(struct trip *trip)
{
	struct squall_table *table = bpf_map_lookup_elem(&squall_table, &trip->direction);
	__u64 queues = table ? trip->pending & table->stage[SQUALL_QUEUE] : 0;
	__u32 bit = lowest_bit(queues ?: trip->pending);

	trip->pending &= ~(1ULL << bit);
	trip->rule = trip->direction * SQUALL_RULES + bit;
}

static __always_inline struct trip next_trip(const struct squall_waiting *waiting)
{
	__u32 direction = waiting->rule / SQUALL_RULES;
	struct trip trip = { .pending = waiting->pending,
			     .flow = waiting->flow,
			     .mark = waiting->mark,
			     .frame_bytes = waiting->frame_bytes,
			     .direction = direction };

	board(&trip);
	return trip;
}

/* counts as a hook does; false: the rest of the packet's delays is skipped */
static __always_inline bool wait_again(struct __sk_buff *skb, struct trip *trip)
{
	struct squall_counts *counts = counts_at(trip->rule);
	struct squall_rule *rule = rule_at(trip->rule);
	struct packet p = { .direction = trip->direction };

	if (!counts || !rule)
		return false;
	if (!send_to_wait(skb, trip)) {
		__sync_fetch_and_add(&counts->overflow, 1);
		return false;
	}
	parse(skb, &p, ETH_HLEN);
	count(skb, &p, counts, rule, trip->rule);
	return true;
}

static __always_inline int on_return_to_near(struct __sk_buff *skb)
{
	struct squall_run *run = the_run();
	struct squall_line *line = the_line();
	struct squall_waiting *waiting;
	struct trip trip;
	__u32 slot;

	if (!run || !line)
		return TC_DROP;
	slot = read_slot(skb, line);
	waiting = waiting_at(slot);
	if (!waiting)
		return TC_DROP;
	settle(waiting, line->kind);
	if (waiting->pending) {
		trip = next_trip(waiting);
		if (wait_again(skb, &trip) || trip.refused)
			return TC_DROP;
	}
	mark_as_passed(skb, run->owner, slot);
	return bpf_redirect(run->ifindex, waiting->rule < SQUALL_RULES ? 0 : BPF_F_INGRESS);
}

#endif
