/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Transport headers, and which class of protocols each belongs to. */
#ifndef TRANSPORT_H
#define TRANSPORT_H

#include "packet.h"

static __always_inline bool parse_tcp(struct cursor *c, struct packet *p)
{
	struct tcphdr *tcp = HEADER(c, struct tcphdr);

	if (!tcp)
		return false;
	p->source_port = bpf_ntohs(tcp->source);
	p->destination_port = bpf_ntohs(tcp->dest);
	p->tcp_flags = ((__u8 *)tcp)[13];
	p->has_ports = true;
	return true;
}

static __always_inline bool parse_udp(struct cursor *c, struct packet *p)
{
	struct udphdr *udp = HEADER(c, struct udphdr);

	if (!udp)
		return false;
	p->source_port = bpf_ntohs(udp->source);
	p->destination_port = bpf_ntohs(udp->dest);
	p->has_ports = true;
	return true;
}

static __always_inline bool parse_icmp(struct cursor *c, struct packet *p)
{
	struct icmp_header *icmp = HEADER(c, struct icmp_header);

	if (!icmp)
		return false;
	p->icmp_echo_request = icmp->type == ICMP_ECHO_REQUEST;
	if (icmp->type < 64 && (ICMP_ECHO_AND_ERRORS >> icmp->type & 1))
		p->protocol = SQUALL_ICMP;
	return true;
}

/* false for neighbour discovery: it is nobody's to hit */
static __always_inline bool parse_icmpv6(struct cursor *c, struct packet *p)
{
	struct icmp_header *icmp = HEADER(c, struct icmp_header);

	if (!icmp)
		return false;
	if (icmp->type >= NEIGHBOUR_DISCOVERY_FIRST && icmp->type <= NEIGHBOUR_DISCOVERY_LAST)
		return false;
	p->icmp_echo_request = icmp->type == ICMPV6_ECHO_REQUEST;
	if (icmp->type <= ICMPV6_ECHO_REPLY)
		p->protocol = SQUALL_ICMP;
	return true;
}

static __always_inline __u8 protocol_class(__u8 ip_protocol)
{
	switch (ip_protocol) {
	case IPPROTO_TCP:
		return SQUALL_TCP;
	case IPPROTO_UDP:
		return SQUALL_UDP;
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		return SQUALL_ICMP;
	default:
		return SQUALL_OTHER;
	}
}

static __always_inline bool parse_transport(struct cursor *c, struct packet *p)
{
	p->transport_offset = offset_of(c);
	p->protocol = protocol_class(p->ip_protocol);
	if (p->later_fragment)
		return true;
	switch (p->ip_protocol) {
	case IPPROTO_TCP:
		return parse_tcp(c, p);
	case IPPROTO_UDP:
		return parse_udp(c, p);
	case IPPROTO_ICMP:
		p->protocol = SQUALL_OTHER;
		return parse_icmp(c, p);
	case IPPROTO_ICMPV6:
		p->protocol = SQUALL_OTHER;
		return parse_icmpv6(c, p);
	}
	return true;
}

#endif
