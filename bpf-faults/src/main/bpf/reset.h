/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Reset: the packet becomes a RST to the receiver, a copy turned round a RST to the sender. Both
 * carry the exact number that their end expects (RFC 5961 3.2): forwards the packet's own
 * sequence number; backwards its acknowledgement number. A SYN is answered by RST|ACK and goes no
 * further, so that its sender finds the connection refused.
 */
#ifndef RESET_H
#define RESET_H

#include "trim.h"

#define TCP_BYTES sizeof(struct tcphdr)

static __always_inline void finish(const struct packet *p, struct tcphdr *tcp, bool unfinished)
{
	__u64 sum = pseudo_sum(p, IPPROTO_TCP, TCP_BYTES);

	tcp->check = 0;
	tcp->check = unfinished ? fold(sum) : (__u16)~fold(add_up(sum, tcp, TCP_BYTES));
}

static __always_inline struct tcphdr forwards_reset(const struct tcphdr *tcp)
{
	struct tcphdr reset = {
		.source = tcp->source, .dest = tcp->dest, .seq = tcp->seq, .ack_seq = tcp->ack_seq
	};

	reset.doff = 5;
	reset.rst = 1;
	reset.ack = tcp->ack;
	return reset;
}

static __always_inline struct tcphdr backwards_reset(const struct tcphdr *tcp, __u32 length)
{
	__u32 end = bpf_ntohl(tcp->seq) + length - tcp->doff * 4 + tcp->syn + tcp->fin;
	struct tcphdr reset = { .source = tcp->dest, .dest = tcp->source };

	reset.seq = tcp->ack ? tcp->ack_seq : 0;
	reset.ack_seq = bpf_htonl(end);
	reset.doff = 5;
	reset.rst = 1;
	reset.ack = 1;
	return reset;
}

/* addresses and TCP header of a packet that is already cut; from its destination: turned round */
static __always_inline void redress(struct __sk_buff *skb, const struct packet *p,
				    const __u32 *source, const __u32 *destination,
				    const struct tcphdr *tcp)
{
	store_addresses(skb, p, source, destination);
	store(skb, p->transport_offset, tcp, TCP_BYTES);
}

/* to the sender; the packet itself when nothing is to follow, else a copy */
static __always_inline int reset_sender(struct __sk_buff *skb, const struct packet *p, __u32 owner,
					const struct tcphdr *tcp, bool only)
{
	__u32 mark = skb->mark;

	swap_macs(skb, p);
	redress(skb, p, p->destination, p->source, tcp);
	mark_as_passed(skb, owner, TRIP_ANSWER);
	if (only)
		return bpf_redirect(skb->ifindex, backwards(p));
	bpf_clone_redirect(skb, skb->ifindex, backwards(p));
	swap_macs(skb, p);
	skb->mark = mark;
	bpf_set_hash_invalid(skb);
	return TC_NEXT;
}

/* a whole segment, whose lengths agree with each other: its receiver drops any other */
static __always_inline bool can_reset(struct __sk_buff *skb, const struct packet *p)
{
	__u32 length = transport_length(skb, p), header;
	struct tcphdr tcp;

	if (p->ip_protocol != IPPROTO_TCP || p->fragment ||
	    bpf_skb_load_bytes(skb, p->transport_offset, &tcp, TCP_BYTES))
		return false;
	header = tcp.doff * 4;
	return header >= TCP_BYTES && header <= length && length <= skb->len - p->transport_offset;
}

/* the verdict, or CANNOT: the packet is as it was */
static __always_inline int reset(struct __sk_buff *skb, const struct packet *p, __u32 owner,
				 __u32 ends)
{
	__u32 length = transport_length(skb, p);
	struct tcphdr tcp, made; /* two of them would not fit the stack that 6.1 allows */
	bool unfinished;

	if (bpf_skb_load_bytes(skb, p->transport_offset, &tcp, TCP_BYTES))
		return CANNOT;
	unfinished = is_unfinished(p, tcp.check, length);
	if (bpf_skb_change_tail(skb, p->transport_offset + TCP_BYTES, 0))
		return CANNOT;
	shorten_ip(skb, p, TCP_BYTES);
	if (tcp.syn && !tcp.ack)
		ends = SQUALL_RESET_SENDER;
	if (ends & SQUALL_RESET_SENDER) {
		bool only = !(ends & SQUALL_RESET_RECEIVER);
		int verdict;

		made = backwards_reset(&tcp, length);
		finish(p, &made, unfinished);
		verdict = reset_sender(skb, p, owner, &made, only);
		if (only)
			return verdict;
	}
	made = forwards_reset(&tcp);
	finish(p, &made, unfinished);
	redress(skb, p, p->source, p->destination, &made);
	return TC_NEXT;
}

#endif
