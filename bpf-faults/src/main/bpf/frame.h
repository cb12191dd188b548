/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* How large packets are on the wire. */
#ifndef FRAME_H
#define FRAME_H

#include "counters.h"

#define UDP_HEADER 8
#define LEAST_TCP_WORDS 5

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

/* where the payload begins, 0 when it is not known */
static __always_inline __u32 payload_offset(struct __sk_buff *skb, const struct packet *p)
{
	__u8 offset;

	if (p->later_fragment)
		return p->transport_offset;
	switch (p->ip_protocol) {
	case IPPROTO_TCP:
		if (bpf_skb_load_bytes(skb, p->transport_offset + 12, &offset, 1) ||
		    offset >> 4 < LEAST_TCP_WORDS)
			return 0;
		return p->transport_offset + (offset >> 4) * 4;
	case IPPROTO_UDP:
		return p->transport_offset + sizeof(struct udphdr);
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		return p->transport_offset + sizeof(struct icmp_header);
	}
	return p->transport_offset;
}

/*
 * bytes from the transport header to the end: by the IP header, as a frame may be padded; 0 there
 * is a jumbo
 */
static __always_inline __u32 transport_length(const struct __sk_buff *skb, const struct packet *p)
{
	__u32 headers = p->transport_offset - p->ip_offset;
	__be16 length = 0;

	if (p->address_bytes == 4) {
		bpf_skb_load_bytes(skb, p->ip_offset + offsetof(struct iphdr, tot_len), &length, 2);
		if (length)
			return bpf_ntohs(length) - headers;
	} else {
		bpf_skb_load_bytes(skb, p->ip_offset + offsetof(struct ipv6hdr, payload_len),
				   &length, 2);
		if (length)
			return bpf_ntohs(length) + sizeof(struct ipv6hdr) - headers;
	}
	return skb->len - p->transport_offset;
}

#endif
