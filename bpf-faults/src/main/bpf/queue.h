/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Rate. A line that sends so many bits a second, as a virtual queue: all that has to be known of it
 * is when what was let in will have left. What lets a packet in at that time is the delay device.
 * The queue is a token bucket by virtual scheduling (GCRA, ITU-T I.371 annex A): the bucket is the
 * time that the line may run ahead.
 */
#ifndef QUEUE_H
#define QUEUE_H

#include "maps.h"

#define CONTENDERS 16
#define NO_ROOM 0
#define MARKED_FACTOR 2 /* packets that were marked may queue so much longer */

/* how long a packet that comes now would wait before its first bit is sent */
static __always_inline __u64 wait_at(const struct squall_group *group, __u64 free, __u64 now)
{
	return free > now + group->burst_ns ? free - now - group->burst_ns : 0;
}

/* when the packet will have left, NO_ROOM when it would wait longer than the limit */
static __always_inline __u64 join(struct squall_group *group, __u64 now, __u32 bytes, __u64 limit)
{
	__u64 cost = (bytes * group->ns_per_byte) >> 20, free, start;

	for (int i = 0; i < CONTENDERS; i++) {
		free = *(volatile __u64 *)&group->free_ns;
		start = free > now ? free : now;
		if (wait_at(group, free, now) > limit)
			return NO_ROOM;
		if (__sync_val_compare_and_swap(&group->free_ns, free, start + cost) == free)
			return now + wait_at(group, start + cost, now);
	}
	return NO_ROOM;
}

/*
 * A packet for which there is no room is dropped, unless its sender asked to be told instead (RFC
 * 3168): it is marked, and dropped only when that does not help.
 */
static __always_inline __u64 enter_queue(struct __sk_buff *skb, struct squall_group *group,
					 struct squall_counts *counts, __u64 now, __u32 bytes)
{
	__u64 departure = join(group, now, bytes, group->backlog_ns);

	if (departure != NO_ROOM || bpf_skb_ecn_set_ce(skb) != 1)
		return departure;
	departure = join(group, now, bytes, group->backlog_ns * MARKED_FACTOR);
	if (departure != NO_ROOM)
		__sync_fetch_and_add(&counts->marked, 1);
	return departure;
}

#endif
