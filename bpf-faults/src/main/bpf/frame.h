/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* How large packets are on the wire. */
#ifndef FRAME_H
#define FRAME_H

#include "counters.h"

#define UDP_HEADER 8

/* of a packet of TCP or UDP: all before the payload */
static __always_inline __u32 header_bytes(struct __sk_buff *skb, const struct packet *p)
{
	__u8 offset = UDP_HEADER * 4;

	if (p->ip_protocol == IPPROTO_TCP)
		bpf_skb_load_bytes(skb, p->transport_offset + 12, &offset, 1);
	return p->transport_offset + (offset >> 4) * 4;
}

/*
 * Ethernet frames, without checksum and preamble: what the statistics of an interface count. Each
 * segment has headers of its own; a VLAN tag beside the packet is still to be put in.
 */
static __always_inline __u32 frame_bytes(struct __sk_buff *skb, const struct packet *p)
{
	__u32 extra = extra_segments(skb);
	__u32 bytes = skb->len;

	if (extra)
		bytes += extra * header_bytes(skb, p);
	if (skb->vlan_present)
		bytes += sizeof(struct vlan_tag) * (extra + 1);
	return bytes;
}

#endif
