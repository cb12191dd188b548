/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Who: bit-vector matching. Every axis gives the mask of the rules that a packet's value
 * satisfies; the AND of the masks is the set of rules that match. The cost does not grow with the
 * number of rules or peers, and an axis that no rule uses is not looked at.
 */
#ifndef MATCH_H
#define MATCH_H

#include "maps.h"
#include "packet.h"

/*
 * the ones below the lowest one, counted; & 63 says what the verifier cannot see. Where there is
 * one rule, the processor foresees the branch, and what needs the number need not wait for it.
 */
static __always_inline __u64 lowest_bit(__u64 mask)
{
	__u64 below = (mask & -mask) - 1;

	if (!below)
		return 0;
	below -= below >> 1 & 0x5555555555555555ULL;
	below = (below & 0x3333333333333333ULL) + (below >> 2 & 0x3333333333333333ULL);
	below = (below + (below >> 4)) & 0x0f0f0f0f0f0f0f0fULL;
	return (below * 0x0101010101010101ULL) >> 56 & 63;
}

static __always_inline struct squall_rule *rule_at(__u32 index)
{
	return bpf_map_lookup_elem(&squall_rules, &index);
}

static __always_inline __u64 satisfied(const struct squall_peer *peer, __u32 direction)
{
	return peer ? peer->rules[direction & 1] : 0;
}

static __always_inline __u64 match_peer4(const struct squall_table *t, const struct packet *p,
					 __u32 address)
{
	struct prefix4 prefix = { 32, address };
	__u64 rules = t->any_peer;

	if (t->axes & SQUALL_AXIS_HOST4)
		rules |= satisfied(bpf_map_lookup_elem(&squall_hosts4, &address), p->direction);
	if (t->axes & SQUALL_AXIS_PREFIX4)
		rules |= satisfied(bpf_map_lookup_elem(&squall_prefixes4, &prefix), p->direction);
	return rules;
}

static __always_inline __u64 match_peer6(const struct squall_table *t, const struct packet *p,
					 const __u32 *address)
{
	struct prefix6 prefix = { 128 };
	__u64 rules = t->any_peer;

	__builtin_memcpy(prefix.address, address, 16);
	if (t->axes & SQUALL_AXIS_HOST6)
		rules |= satisfied(bpf_map_lookup_elem(&squall_hosts6, prefix.address),
				   p->direction);
	if (t->axes & SQUALL_AXIS_PREFIX6)
		rules |= satisfied(bpf_map_lookup_elem(&squall_prefixes6, &prefix), p->direction);
	return rules;
}

static __always_inline __u64 match_peer(const struct squall_table *t, const struct packet *p)
{
	const __u32 *address = p->direction == SQUALL_EGRESS ? p->destination : p->source;

	return p->address_bytes == 4 ? match_peer4(t, p, address[0]) : match_peer6(t, p, address);
}

static __always_inline __u64 match_ports(const struct squall_table *t, const struct packet *p)
{
	bool out = p->direction == SQUALL_EGRESS;
	__u16 local = out ? p->source_port : p->destination_port;
	__u16 peer = out ? p->destination_port : p->source_port;
	__u64 rules = ~0ULL;
	struct squall_ports *ports;
	__u32 only = 0;

	if (!p->has_ports)
		return t->portless;
	ports = bpf_map_lookup_elem(&squall_ports, &only);
	if (!ports)
		return 0;
	if (t->axes & SQUALL_AXIS_PEER_PORT)
		rules &= t->peer_port[ports->peer[peer]];
	if (t->axes & SQUALL_AXIS_LOCAL_PORT)
		rules &= t->local_port[ports->local[local]];
	return rules;
}

static __always_inline __u64 match_flags(const struct squall_table *t, const struct packet *p)
{
	bool has_flags = p->protocol == SQUALL_TCP && p->has_ports;

	return has_flags ? t->tcp_flags[p->tcp_flags] : t->flagless;
}

#define AXES_PEER                                                                                  \
	(SQUALL_AXIS_HOST4 | SQUALL_AXIS_PREFIX4 | SQUALL_AXIS_HOST6 | SQUALL_AXIS_PREFIX6)
#define AXES_PORT (SQUALL_AXIS_PEER_PORT | SQUALL_AXIS_LOCAL_PORT)

struct exemption {
	__u64 exempting;
	__u64 rules;
	__u32 first_index;
};

static long exempt_one(__u32 turn, struct exemption *exemption)
{
	struct squall_counts *counts;
	struct squall_rule *rule;
	__u32 index;

	if (!exemption->exempting)
		return 1;
	index = exemption->first_index + lowest_bit(exemption->exempting);
	rule = rule_at(index);
	counts = bpf_map_lookup_elem(&squall_counts, &index);
	if (rule && counts && (exemption->rules & rule->clears)) {
		exemption->rules &= ~rule->clears;
		__sync_fetch_and_add(&counts->matched, 1);
	}
	exemption->exempting &= exemption->exempting - 1;
	return 0;
}

/* without the rules that an exempting rule clears, and without that rule */
static __always_inline __u64 less_exempted(const struct squall_table *t, const struct packet *p,
					   __u64 rules)
{
	struct exemption exemption = { .exempting = rules & t->exempting,
				       .rules = rules & ~t->exempting,
				       .first_index = p->direction * SQUALL_RULES };

	bpf_loop(SQUALL_RULES, exempt_one, &exemption, 0);
	return exemption.rules;
}

static __always_inline __u64 match(const struct squall_table *t, const struct packet *p)
{
	__u64 rules = t->rules & t->protocol[p->protocol & 3];

	if (rules && (t->axes & AXES_PORT))
		rules &= match_ports(t, p);
	if (rules && (t->axes & SQUALL_AXIS_TCP_FLAGS))
		rules &= match_flags(t, p);
	if (rules && (t->axes & AXES_PEER))
		rules &= match_peer(t, p);
	return rules;
}

#endif
