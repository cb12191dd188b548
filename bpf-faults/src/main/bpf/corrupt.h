/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Corruption: one bit of the payload is flipped. Silent: the checksum is mended, and the
 * application gets what nobody sent. Detectable: it is left, and the receiver drops the packet.
 */
#ifndef CORRUPT_H
#define CORRUPT_H

#include "law.h"
#include "reset.h"

#define PLACE_SALT 0x589965cc75374cc3ULL /* keeps places apart from hits */

/* offset of the checksum in the transport header, 0 when there is none that we know */
static __always_inline __u32 checksum_offset(const struct packet *p)
{
	if (p->later_fragment)
		return 0;
	switch (p->ip_protocol) {
	case IPPROTO_TCP:
		return offsetof(struct tcphdr, check);
	case IPPROTO_UDP:
		return offsetof(struct udphdr, check);
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		return offsetof(struct icmp_header, checksum);
	}
	return 0;
}

struct flip {
	__u32 at; /* the byte, from the start of the packet */
	__u8 bit;
};

/* payload only: a header would change what the packet is; false when there is none */
static __always_inline bool choose(struct __sk_buff *skb, const struct packet *p, __u64 bits,
				   struct flip *flip)
{
	__u32 start = payload_offset(skb, p), end = p->transport_offset + transport_length(skb, p);

	if (!start || start >= end || end > skb->len)
		return false;
	flip->at = start + (__u32)(((bits >> 32) * (end - start)) >> 32);
	flip->bit = 1 << (bits & 7);
	return true;
}

/*
 * The kernel knows whether a device is to finish the checksum, which then is right by itself, and
 * leaves it alone (inet_proto_csum_replace4 in net/core/utils.c); and a datagram of UDP may have
 * none.
 */
static __always_inline void mend_checksum(struct __sk_buff *skb, const struct packet *p,
					  const struct flip *flip, __u8 before, __u8 after)
{
	bool odd = (flip->at - p->transport_offset) & 1;
	__u64 flags = p->ip_protocol == IPPROTO_UDP ? BPF_F_MARK_MANGLED_0 | 2 : 2;
	__u32 at = checksum_offset(p);

	if (at)
		bpf_l4_csum_replace(skb, p->transport_offset + at,
				    bpf_htons(odd ? before : before << 8),
				    bpf_htons(odd ? after : after << 8), flags);
}

/*
 * A checksum over the whole that the device has found (skb->csum) stays right when the change and
 * the mend cancel out; else it has to see the change. What the device has verified is verified
 * again.
 */
static __always_inline bool flip_bit(struct __sk_buff *skb, const struct packet *p,
				     const struct flip *flip, bool silent)
{
	__u8 before, after;

	if (bpf_skb_load_bytes(skb, flip->at, &before, 1))
		return false;
	after = before ^ flip->bit;
	if (bpf_skb_store_bytes(skb, flip->at, &after, 1, silent ? 0 : BPF_F_RECOMPUTE_CSUM))
		return false;
	if (silent)
		mend_checksum(skb, p, flip, before, after);
	else
		bpf_csum_level(skb, BPF_CSUM_LEVEL_RESET);
	return true;
}

static __always_inline bool can_corrupt(const struct packet *p, bool silent)
{
	return !silent || !p->later_fragment; /* the checksum is in the first one */
}

__noinline int corrupt(struct __sk_buff *skb, struct packet *p, __u32 index)
{
	struct squall_counts *counts = counts_at(index);
	struct squall_rule *rule = rule_at(index);
	struct record record;
	struct flip flip;
	bool silent;
	__u64 bits;

	if (!wants(SQUALL_FEATURE_DAMAGE) || !p || !rule || !counts)
		return false;
	silent = rule->mode == SQUALL_SILENT;
	bits = mix64((rule->key ^ PLACE_SALT) + counts->hit * GOLDEN_GAMMA);
	record = open_record(skb, p, counts, rule, index);
	if (!can_corrupt(p, silent) || !choose(skb, p, bits, &flip) ||
	    !flip_bit(skb, p, &flip, silent)) {
		__sync_fetch_and_add(&counts->overflow, 1);
		discard(&record);
		return false;
	}
	count_recorded(skb, counts, rule, &record);
	return true;
}

#endif
