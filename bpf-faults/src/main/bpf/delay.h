/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Delay. A tc program cannot hold a packet, so a copy goes away to wait on a device of our own and
 * comes back. The copy has no socket, so TCP small queues do not hold the sender back.
 *
 *   target's namespace                                owner's namespace
 *   hook --clone--> near device ===================> far device, squall_far --> its queue
 *   hook <--redirect-- near device, squall_near <=== far device <---------------'
 *
 * What waits there: fq by departure time; or HTB, one class per slot; or, in place of the pair, a
 * TAP device, whose owner reads the packet and writes it back at its time.
 */
#ifndef DELAY_H
#define DELAY_H

#include "chance.h"
#include "counters.h"
#include "passage.h"
#include "queue.h"

#define SLOT_TRIES 4
#define REUSE_NS 10000000ULL /* after its return a slot keeps the old mark at least so long */
#define LOST_NS 1000000000ULL /* a packet that has not come back by then will not */
#define HEARTBEAT_NS 100000000ULL
#define TAP_MAGIC 0x5a1e
#define MAX_WAITING_BYTES (65535 + ETH_HLEN) /* what a TAP holds; HTB could more */

/* what a TAP's reader sees in place of the MAC addresses, in the order of this machine's bytes */
struct tap_label {
	__u16 magic;
	__u32 slot;
	__u8 rest[6];
} __attribute__((packed));

static __always_inline bool is_rate(__u32 index)
{
	struct squall_rule *rule = bpf_map_lookup_elem(&squall_rules, &index);

	return rule && rule->fault == SQUALL_RATE;
}

static __always_inline struct squall_group *group_of(const struct squall_rule *rule, __u32 chosen)
{
	__u32 index = rule->first_group + (__u32)(((__u64)chosen * rule->groups) >> 32);

	return bpf_map_lookup_elem(&squall_groups, &index);
}

/* value chosen / 2^32 of a table, linear between its steps */
static __always_inline __u64 value_at(__u32 index, __u32 chosen, __u64 fallback)
{
	__u32 step = chosen >> 20, part = chosen & 0xfffff;
	struct squall_shape *shape = bpf_map_lookup_elem(&squall_shapes, &index);
	__u64 low, high;

	if (!shape || step >= SQUALL_QUANTILES)
		return fallback;
	low = shape->quantile_ns[step];
	high = shape->quantile_ns[step + 1];
	return low + (((high - low) * part) >> 20);
}

/* quantile chosen / 2^32 of the law */
static __always_inline __u64 quantile(const struct squall_rule *rule, __u32 chosen, __u64 fallback)
{
	return rule->shape ? value_at(rule->shape - 1, chosen, fallback) : fallback;
}

#define SCORES_OF_DRAWS 0
#define DRAWS_OF_SCORES 1
#define SCORE_ZERO (1LL << 31)

/*
 * The next of a first-order autoregression whose scores are standard normal, from a draw to a draw.
 * Two CPUs at once may go on from the same score.
 */
static __always_inline __u32 correlated(const struct squall_rule *rule, __u64 *last, __u32 drawn)
{
	__s64 fresh = value_at(SCORES_OF_DRAWS, drawn, SCORE_ZERO) - SCORE_ZERO;
	__s64 before = *(volatile __u64 *)last, score = fresh;

	if (before)
		score = ((before - SCORE_ZERO) * rule->correlation + fresh * rule->innovation) >>
			16;
	score += SCORE_ZERO;
	if (score < 1)
		score = 1;
	if (score > 0xffffffff)
		score = 0xffffffff;
	*(volatile __u64 *)last = score;
	return value_at(DRAWS_OF_SCORES, score, drawn);
}

/* a free slot, or SQUALL_SLOTS */
static __always_inline __u32 take_slot(struct squall_group *group, __u64 now)
{
	for (int i = 0; i < SLOT_TRIES; i++) {
		__u64 turn = __sync_fetch_and_add(&group->cursor, 1);
		__u32 slot = group->first_slot + (__u32)turn % (group->slots ?: 1);
		struct squall_waiting *waiting = waiting_at(slot);

		if (waiting && waiting->busy_until_ns <= now)
			return slot;
	}
	return SQUALL_SLOTS;
}

/* no packet of a flow leaves before the one that came before it */
static __always_inline __u64 in_order(__u64 flow, __u32 rule, __u64 departure)
{
	struct flow_key key = { flow, rule };
	__u64 *last = bpf_map_lookup_elem(&squall_order, &key);

	if (last && *last > departure)
		departure = *last;
	bpf_map_update_elem(&squall_order, &key, &departure, BPF_ANY);
	return departure;
}

struct trip {
	__u64 pending; /* delay rules still to serve */
	__u64 flow;
	__u32 direction;
	__u32 mark;
	__u32 rule; /* the one that is being served: index as in squall_rules */
	__u32 slot;
	__u32 frame_bytes;
	bool refused; /* by a queue that is full: the packet has to go */
};

/* when the packet is to leave, NO_ROOM when it is to go; it has a slot already */
static __always_inline __u64 departure_of(struct __sk_buff *skb, const struct trip *trip,
					  const struct squall_rule *rule,
					  struct squall_counts *counts, struct squall_group *group,
					  __u64 now, __u32 chosen)
{
	__u64 departure;

	if (group->ns_per_byte)
		return enter_queue(skb, group, counts, now, trip->frame_bytes);
	departure = now + quantile(rule, chosen, group->delay_ns);
	if (rule->flags & SQUALL_KEEP_ORDER)
		departure = in_order(trip->flow, trip->rule, departure);
	return departure;
}

/* the slot is the packet's from here; false: nothing is free, or the rule is not there any more */
static __always_inline bool book(struct __sk_buff *skb, struct trip *trip)
{
	struct squall_rule *rule = bpf_map_lookup_elem(&squall_rules, &trip->rule);
	struct squall_counts *counts = counts_at(trip->rule);
	__u64 now = bpf_ktime_get_ns(), departure;
	struct squall_waiting *waiting;
	struct squall_group *group;
	__u32 chosen;

	if (!rule || !counts)
		return false;
	chosen = rule->fault == SQUALL_RATE ?
			 trip->direction << 31 :
			 draw(rule->key ^ DRAW_SALT, __sync_fetch_and_add(&counts->draws, 1));
	if (rule->correlation)
		chosen = correlated(rule, &counts->law_state, chosen);
	group = group_of(rule, chosen);
	if (!group)
		return false;
	trip->refused = group->ns_per_byte;
	trip->slot = take_slot(group, now);
	waiting = waiting_at(trip->slot);
	if (!waiting)
		return false;
	departure = departure_of(skb, trip, rule, counts, group, now, chosen);
	if (departure == NO_ROOM)
		return false;
	trip->refused = false;
	waiting->entered_ns = now;
	waiting->departure_ns = departure;
	waiting->busy_until_ns = departure + LOST_NS;
	waiting->pending = trip->pending;
	waiting->flow = trip->flow;
	waiting->mark = trip->mark;
	waiting->rule = trip->rule;
	waiting->frame_bytes = trip->frame_bytes;
	return true;
}

static __always_inline bool line_is_up(const struct squall_line *line)
{
	if (line->kind == SQUALL_TAP)
		return bpf_ktime_get_ns() - line->heartbeat_ns < HEARTBEAT_NS;
	return line->kind != SQUALL_NO_LINE;
}

#endif
