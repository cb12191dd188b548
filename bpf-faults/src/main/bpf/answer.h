/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Turning a packet round: what a fault sends back comes from where the packet was going. */
#ifndef ANSWER_H
#define ANSWER_H

#include "passage.h"

#define CANNOT -2 /* no verdict: the fault could not be done, and the packet is as it was */

/* byte offsets of the source address in the IP header; the destination follows it */
#define ADDRESSES4 12
#define ADDRESSES6 8

static __always_inline long store(struct __sk_buff *skb, __u32 offset, const void *bytes,
				  __u32 length)
{
	return bpf_skb_store_bytes(skb, offset, bytes, length, BPF_F_RECOMPUTE_CSUM);
}

static __always_inline void swap_macs(struct __sk_buff *skb, const struct packet *p)
{
	__u8 macs[2][ETH_ALEN];

	if (p->ip_offset < ETH_HLEN || bpf_skb_load_bytes(skb, 0, macs, sizeof(macs)))
		return;
	store(skb, 0, macs[1], ETH_ALEN);
	store(skb, ETH_ALEN, macs[0], ETH_ALEN);
}

static __always_inline void store_addresses(struct __sk_buff *skb, const struct packet *p,
					    const __u32 *source, const __u32 *destination)
{
	if (p->address_bytes == 4) {
		store(skb, p->ip_offset + ADDRESSES4, source, 4);
		store(skb, p->ip_offset + ADDRESSES4 + 4, destination, 4);
		return;
	}
	store(skb, p->ip_offset + ADDRESSES6, source, 16);
	store(skb, p->ip_offset + ADDRESSES6 + 16, destination, 16);
}

/* to the sender: out of egress it comes in, out of ingress it goes out */
static __always_inline __u64 backwards(const struct packet *p)
{
	return p->direction == SQUALL_EGRESS ? BPF_F_INGRESS : 0;
}

/* groups of addresses reach many, who did not ask (RFC 1122 3.2.2, RFC 4443 2.4) */
static __always_inline bool reaches_many(const struct __sk_buff *skb, const struct packet *p)
{
	__u8 first_of_mac = 0;

	if (p->ip_offset >= ETH_HLEN && !bpf_skb_load_bytes(skb, 0, &first_of_mac, 1) &&
	    (first_of_mac & 1))
		return true;
	if (p->address_bytes == 4)
		return bpf_ntohl(p->destination[0]) >= 0xe0000000;
	return (bpf_ntohl(p->destination[0]) >> 24) == 0xff;
}

#endif
