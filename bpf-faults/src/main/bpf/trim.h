/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What is left to do when a packet has been cut: its lengths, and who finishes its checksum. */
#ifndef TRIM_H
#define TRIM_H

#include "answer.h"
#include "checksum.h"
#include "frame.h"

/*
 * With checksum offload the check field holds only the sum of the pseudo header, and the device
 * adds the rest. BPF cannot see which it is (skb->ip_summed) on every kernel; the field tells,
 * except for one in 65,536 finished checksums: that packet its receiver drops.
 */
static __always_inline bool is_unfinished(const struct packet *p, __u16 check, __u32 length)
{
	return fold(pseudo_sum(p, p->ip_protocol, length)) == check;
}

/* the IP header of a packet that is cut so many bytes behind the transport header's beginning */
static __always_inline void shorten_ip(struct __sk_buff *skb, const struct packet *p, __u32 bytes)
{
	__u16 headers = p->transport_offset - p->ip_offset;
	__be16 length = bpf_htons(headers + bytes), old;
	__u32 at = p->ip_offset + offsetof(struct iphdr, tot_len);

	if (p->address_bytes == 16) {
		length = bpf_htons(headers + bytes - sizeof(struct ipv6hdr));
		store(skb, p->ip_offset + offsetof(struct ipv6hdr, payload_len), &length, 2);
		return;
	}
	if (bpf_skb_load_bytes(skb, at, &old, 2))
		return;
	store(skb, at, &length, 2);
	bpf_l3_csum_replace(skb, p->ip_offset + offsetof(struct iphdr, check), old, length, 2);
}

#endif
