/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * How often. Decision n of a rule is a keyed mix of n, so a seed and a sequence of packets give
 * the same decisions again, on whatever CPU. The mix is the output function of splitmix64
 * (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014), driven by its own
 * counter.
 */
#ifndef CHANCE_H
#define CHANCE_H

#include "maps.h"
#include "packet.h"

#define GOLDEN_GAMMA 0x9e3779b97f4a7c15ULL
#define DRAW_SALT 0xd1342543de82ef95ULL /* keeps the draws of a delay apart from its hits */

static __always_inline __u64 mix64(__u64 z)
{
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return z ^ (z >> 31);
}

/* 32 bits: decision n of the sequence that key names */
static __always_inline __u32 draw(__u64 key, __u64 n)
{
	return mix64(key + n * GOLDEN_GAMMA) >> 32;
}

static __always_inline __u64 endpoint(const __u32 *address, __u16 port)
{
	__u64 high = (__u64)address[0] << 32 | address[1];
	__u64 low = (__u64)address[2] << 32 | address[3];

	return mix64(high ^ mix64(low + port));
}

/* the same for both directions of a flow; all fragments of a packet are one flow, without ports */
static __always_inline __u64 flow_of(const struct packet *p)
{
	__u16 source = p->fragment ? 0 : p->source_port;
	__u16 destination = p->fragment ? 0 : p->destination_port;

	return endpoint(p->source, source) + endpoint(p->destination, destination) + p->ip_protocol;
}

#endif
