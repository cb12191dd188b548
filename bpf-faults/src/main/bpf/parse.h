/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The packet as a whole: the usual one fast, the rest thoroughly. */
#ifndef PARSE_H
#define PARSE_H

#include "transport.h"

/* as bits, for the verifier follows each comparison */
#define EXTENSIONS                                                                                 \
	(1ULL << IPPROTO_HOPOPTS | 1ULL << IPPROTO_ROUTING | 1ULL << IPPROTO_DSTOPTS |             \
	 1ULL << IPPROTO_AH | 1ULL << IPPROTO_FRAGMENT)

static __always_inline bool is_extension(__u8 protocol)
{
	return protocol < 64 && (EXTENSIONS >> protocol & 1);
}

static __always_inline bool parse_ipv6(struct cursor *c, struct packet *p)
{
	struct ipv6hdr *ip = HEADER(c, struct ipv6hdr);

	if (!ip || ip->version != 6)
		return false;
	p->ip_protocol = ip->nexthdr;
	p->address_bytes = 16;
	__builtin_memcpy(p->source, &ip->saddr, 16);
	__builtin_memcpy(p->destination, &ip->daddr, 16);
	c->position = ip + 1;
	return true;
}

/* the bytes of one extension header, whose protocol is p's, and the next one's protocol into p */
static __always_inline __u32 skip_extension(struct packet *p, const struct extension_header *header)
{
	__u8 protocol = p->ip_protocol;

	p->ip_protocol = header->next;
	if (protocol == IPPROTO_AH)
		return (header->length + 2) * 4;
	if (protocol != IPPROTO_FRAGMENT)
		return (header->length + 1) * 8;
	p->fragment = true;
	p->later_fragment = header->fragment & bpf_htons(IPV6_FRAGMENT_OFFSET);
	return sizeof(*header);
}

struct walk {
	struct __sk_buff *skb;
	struct packet *p;
	__u32 offset;
	bool ended; /* here the transport header is */
};

static long next_extension_header(__u32 turn, struct walk *w)
{
	struct extension_header header;

	w->ended = w->p->later_fragment || !is_extension(w->p->ip_protocol);
	if (w->ended || bpf_skb_load_bytes(w->skb, w->offset, &header, sizeof(header)))
		return 1;
	w->offset += skip_extension(w->p, &header);
	return 0;
}

/* by offset, as the verifier would follow every pointer; false: too many, or one that is cut off */
static __always_inline bool skip_extensions(struct __sk_buff *skb, struct cursor *c,
					    struct packet *p)
{
	struct walk walk = { skb, p, offset_of(c) };

	bpf_loop(MAX_EXTENSION_HEADERS + 1, next_extension_header, &walk, 0);
	if (!walk.ended || walk.offset > MAX_HEADERS)
		return false;
	c->position = c->start + walk.offset;
	return true;
}

static __always_inline struct cursor start_of(const struct __sk_buff *skb)
{
	return (struct cursor){ (void *)(long)skb->data, (void *)(long)skb->data,
				(void *)(long)skb->data_end };
}

static __always_inline bool parse_ip(struct cursor *c, struct packet *p, __be16 protocol)
{
	p->ip_offset = offset_of(c);
	if (protocol == bpf_htons(ETH_P_IP))
		return parse_ipv4(c, p);
	return protocol == bpf_htons(ETH_P_IPV6) && parse_ipv6(c, p);
}

/*
 * What is rare: VLAN tags, extension headers, and headers outside the linear part, which is made
 * longer. Not static, so that the verifier looks at it once.
 */
__noinline int parse_thoroughly(struct __sk_buff *skb, struct packet *p, __u32 link_header)
{
	__u32 wanted = skb->len < LINEAR_BYTES ? skb->len : LINEAR_BYTES;
	__be16 protocol = skb->protocol;
	struct cursor c;

	if (!p || (skb->data_end - skb->data < wanted && bpf_skb_pull_data(skb, wanted)))
		return false;
	c = start_of(skb);
	if (link_header)
		protocol = skip_vlan_tags(&c, parse_ethernet(&c));
	if (!parse_ip(&c, p, protocol))
		return false;
	if (p->address_bytes == 16 && !skip_extensions(skb, &c, p))
		return false;
	return parse_transport(&c, p);
}

static __always_inline bool parse(struct __sk_buff *skb, struct packet *p, __u32 link_header)
{
	struct cursor c = start_of(skb);
	__be16 protocol = link_header ? parse_ethernet(&c) : (__be16)skb->protocol;

	if (protocol == bpf_htons(ETH_P_ARP))
		return false;
	if (parse_ip(&c, p, protocol) && !is_extension(p->ip_protocol) && parse_transport(&c, p))
		return true;
	return parse_thoroughly(skb, p, link_header);
}

#endif
