/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * From bytes to what rules ask about. A cursor walks the headers; every step checks its own
 * bounds. What cannot be parsed is not a packet of ours, and passes:
 * - up to two VLAN tags in the packet are skipped (one beside it, in the metadata, does not show);
 * - IPv4 options are skipped; up to six IPv6 extension headers (hop-by-hop, routing, destination,
 *   authentication, fragment) are skipped, more are not parsed;
 * - a fragment after the first has a protocol, but neither ports nor flags;
 * - ARP and neighbour discovery are never parsed.
 */
#ifndef PACKET_H
#define PACKET_H

#include "fault_abi.h"
#include <stdbool.h>
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define MAX_VLAN_TAGS 2
#define MAX_EXTENSION_HEADERS 6
#define FRAGMENT_OFFSET 0x1fff
#define MORE_FRAGMENTS 0x2000
#define IPV6_FRAGMENT_OFFSET 0xfff8
#define MAX_HEADERS 8192
#define LINEAR_BYTES 256 /* enough for every header that is parsed, in nearly every packet */

/* linux/icmp.h does not compile for BPF with every libc */
#define ICMP_ECHO_REPLY 0
#define ICMP_UNREACHABLE 3
#define ICMP_ECHO_REQUEST 8
#define ICMP_TIME_EXCEEDED 11
#define ICMP_PARAMETER_PROBLEM 12
#define ICMP_ECHO_AND_ERRORS                                                                       \
	(1ULL << ICMP_ECHO_REPLY | 1ULL << ICMP_UNREACHABLE | 1ULL << ICMP_ECHO_REQUEST |          \
	 1ULL << ICMP_TIME_EXCEEDED | 1ULL << ICMP_PARAMETER_PROBLEM)
#define ICMPV6_ECHO_REQUEST 128
#define ICMPV6_ECHO_REPLY 129 /* errors and echo lie below */
#define NEIGHBOUR_DISCOVERY_FIRST 133 /* router solicitation … */
#define NEIGHBOUR_DISCOVERY_LAST 137 /* … redirect, RFC 4861 */

struct packet {
	__u32 direction;
	__u32 address_bytes; /* 4 or 16 */
	__u32 source[4]; /* network order; IPv4 in the first */
	__u32 destination[4];
	__u16 ip_offset;
	__u16 transport_offset;
	__u16 question_bytes; /* of an answer of DNS that was looked at */
	__u16 source_port; /* host order */
	__u16 destination_port;
	__u8 ip_protocol;
	__u8 protocol; /* enum squall_protocol */
	__u8 tcp_flags;
	bool has_ports;
	bool fragment; /* the first, or a later one */
	bool later_fragment;
	bool icmp_echo_request;
};

struct cursor {
	void *start;
	void *position;
	void *end;
};

#define HEADER(CURSOR, TYPE)                                                                       \
	({                                                                                         \
		TYPE *header_ = (CURSOR)->position;                                                \
		if ((void *)(header_ + 1) > (CURSOR)->end)                                         \
			header_ = NULL;                                                            \
		header_;                                                                           \
	})

struct icmp_header {
	__u8 type;
	__u8 code;
	__u16 checksum;
	__u16 rest[2];
};

struct vlan_tag {
	__be16 tci;
	__be16 protocol;
};

struct extension_header {
	__u8 next;
	__u8 length; /* in 8 bytes beyond the first 8; authentication: in 4 bytes beyond 8 */
	__be16 fragment;
	__u32 rest;
};

static __always_inline __u16 offset_of(const struct cursor *c)
{
	return c->position - c->start;
}

/* the protocol after the Ethernet header, 0 when there is none */
static __always_inline __be16 parse_ethernet(struct cursor *c)
{
	struct ethhdr *ethernet = HEADER(c, struct ethhdr);

	if (!ethernet)
		return 0;
	c->position = ethernet + 1;
	return ethernet->h_proto;
}

/* the protocol after the VLAN tags that follow */
static __always_inline __be16 skip_vlan_tags(struct cursor *c, __be16 protocol)
{
	for (int i = 0; i < MAX_VLAN_TAGS; i++) {
		struct vlan_tag *tag;

		if (protocol != bpf_htons(ETH_P_8021Q) && protocol != bpf_htons(ETH_P_8021AD))
			break;
		tag = HEADER(c, struct vlan_tag);
		if (!tag)
			return 0;
		protocol = tag->protocol;
		c->position = tag + 1;
	}
	return protocol;
}

static __always_inline bool parse_ipv4(struct cursor *c, struct packet *p)
{
	struct iphdr *ip = HEADER(c, struct iphdr);
	__u16 fragment;

	if (!ip || ip->version != 4 || ip->ihl < 5)
		return false;
	fragment = bpf_ntohs(ip->frag_off);
	p->fragment = fragment & (FRAGMENT_OFFSET | MORE_FRAGMENTS);
	p->later_fragment = fragment & FRAGMENT_OFFSET;
	p->ip_protocol = ip->protocol;
	p->address_bytes = 4;
	p->source[0] = ip->saddr;
	p->destination[0] = ip->daddr;
	c->position += ip->ihl * 4;
	return c->position <= c->end;
}

#endif
