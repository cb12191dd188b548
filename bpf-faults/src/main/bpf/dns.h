/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * DNS. An answer becomes a failure: its header says so, and nothing but the question is left of
 * the rest (RFC 1035 4.1). It stays the answer to what was asked, from whom it was asked.
 */
#ifndef DNS_H
#define DNS_H

#include "law.h"
#include "names.h"
#include "trim.h"

#define DNS_ANSWER 0x80 /* in flags: this is one … */
#define DNS_OPCODE 0x78 /* … to a question of another kind than for a name */
#define DNS_AUTHORITATIVE_OR_CUT 0x06
#define DNS_RCODE 0x0f /* in code */
#define DNS_KIND_AND_CLASS 4 /* bytes behind a question's name */

struct dns_header {
	__be16 id;
	__u8 flags;
	__u8 code;
	__be16 questions;
	__be16 others[3];
};

static __always_inline bool is_answer(const struct dns_header *dns)
{
	return (dns->flags & DNS_ANSWER) && !(dns->flags & DNS_OPCODE) &&
	       dns->questions == bpf_htons(1);
}

/* the rules of this direction that ask for the name; none when this is no answer for one name */
__noinline __u64 asked_for(struct __sk_buff *skb, struct packet *p)
{
	struct reading reading = { .spelling = the_spelling() };
	__u64 rules[SQUALL_DIRECTIONS];
	struct dns_header dns;
	__u32 at;

	if (!wants(SQUALL_FEATURE_QUESTIONS) || !p || !reading.spelling || p->fragment ||
	    p->ip_protocol != IPPROTO_UDP)
		return 0;
	at = p->transport_offset + sizeof(struct udphdr);
	if (bpf_skb_load_bytes(skb, at, &dns, sizeof(dns)) || !is_answer(&dns))
		return 0;
	reading.bytes = read_wire(skb, reading.spelling, at + sizeof(dns), NAME_MASK);
	bpf_loop(SQUALL_NAME_BYTES, read_label, &reading, 0);
	if (!reading.whole)
		return 0;
	p->question_bytes = (reading.length ? reading.length + 2 : 1) + DNS_KIND_AND_CLASS;
	look_up(&reading, rules);
	return rules[p->direction & 1];
}

/* over all of a datagram of so many bytes, which is in the packet but for its header */
static __always_inline __u16 datagram_checksum(struct __sk_buff *skb, const struct packet *p,
					       const struct udphdr *udp, __u32 bytes)
{
	__u64 sum = add_up(pseudo_sum(p, IPPROTO_UDP, bytes), udp, sizeof(*udp));
	struct spelling *spelling = the_spelling();
	__u32 padded = (bytes - sizeof(*udp) + 3) & WIRE_MASK & ~3;
	__u16 check;

	if (!spelling)
		return 0;
	__builtin_memset(spelling->wire, 0, sizeof(spelling->wire));
	read_wire(skb, spelling, p->transport_offset + sizeof(*udp), bytes - sizeof(*udp));
	check = ~fold(add_up(sum, spelling->wire, padded));
	return check ?: 0xffff;
}

/* the packet has been cut already */
static __always_inline void redress_answer(struct __sk_buff *skb, const struct packet *p,
					   struct udphdr *udp, struct dns_header *dns, __u32 bytes)
{
	bool unfinished = is_unfinished(p, udp->check, bpf_ntohs(udp->len));

	shorten_ip(skb, p, bytes);
	store(skb, p->transport_offset + sizeof(*udp), dns, sizeof(*dns));
	udp->len = bpf_htons(bytes);
	udp->check = 0;
	udp->check = unfinished ? fold(pseudo_sum(p, IPPROTO_UDP, bytes)) :
				  datagram_checksum(skb, p, udp, bytes);
	store(skb, p->transport_offset, udp, sizeof(*udp));
}

static __always_inline void fail_answer(struct dns_header *dns, __u32 rcode)
{
	dns->flags &= ~DNS_AUTHORITATIVE_OR_CUT;
	dns->code = (dns->code & ~DNS_RCODE) | (rcode & DNS_RCODE);
	__builtin_memset(dns->others, 0, sizeof(dns->others));
}

__noinline int misanswer(struct __sk_buff *skb, struct packet *p, __u32 index)
{
	struct squall_counts *counts = counts_at(index);
	struct squall_rule *rule = rule_at(index);
	struct dns_header dns;
	struct udphdr udp;
	__u32 bytes;

	if (!wants(SQUALL_FEATURE_QUESTIONS) || !p || !rule || !counts)
		return false;
	bytes = sizeof(udp) + sizeof(dns) + p->question_bytes;
	if (bpf_skb_load_bytes(skb, p->transport_offset, &udp, sizeof(udp)) ||
	    bpf_skb_load_bytes(skb, p->transport_offset + sizeof(udp), &dns, sizeof(dns)) ||
	    p->transport_offset + bytes > skb->len) {
		__sync_fetch_and_add(&counts->overflow, 1);
		return false;
	}
	count(skb, p, counts, rule, index);
	if (bpf_skb_change_tail(skb, p->transport_offset + bytes, 0))
		return false;
	fail_answer(&dns, rule->mode);
	redress_answer(skb, p, &udp, &dns, bytes);
	return true;
}

#endif
