/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Partition: nothing gets through. Reject tells the sender so: TCP by a RST, the rest by an ICMP
 * port unreachable that quotes the packet (RFC 792, RFC 4443 3.1), at most
 * SQUALL_REJECTS_PER_SECOND.
 */
#ifndef PARTITION_H
#define PARTITION_H

#include "reset.h"

#define QUOTED_BYTES 8 /* of the transport header: the ports, by which a socket is found */
#define MAX_QUOTE 108 /* 100 bytes of IP headers */
#define ANSWER_TTL 64
#define BUDGET_TRIES 4 /* against other CPUs */
#define GAP_NS (1000000000ULL / (SQUALL_REJECTS_PER_SECOND - SQUALL_REJECTS_AT_ONCE))
#define ICMP_NO_PORT 3
#define ICMPV6_UNREACHABLE 1
#define ICMPV6_NO_PORT 4

struct answer4 {
	struct iphdr ip;
	struct icmp_header icmp;
	__u8 quote[MAX_QUOTE];
};

struct answer6 {
	struct ipv6hdr ip;
	struct icmp_header icmp;
	__u8 quote[MAX_QUOTE];
};

/* RFC 1122 3.2.2, RFC 4443 2.4: no error about an error, a later fragment, or a group address */
static __always_inline bool may_be_told(const struct __sk_buff *skb, const struct packet *p)
{
	bool is_icmp = p->ip_protocol == IPPROTO_ICMP || p->ip_protocol == IPPROTO_ICMPV6;

	return !p->later_fragment && !(is_icmp && !p->icmp_echo_request) && !reaches_many(skb, p);
}

/*
 * A virtual queue (the generic cell rate algorithm of ITU-T I.371): an answer takes up GAP_NS, and
 * answers may run ahead of time by AT_ONCE of them. In any second there are then at most AT_ONCE
 * and those that a second has room for, together REJECTS_PER_SECOND; a window that begins anew each
 * second would let twice as many pass round its border.
 */
static __always_inline bool within_budget(struct squall_counts *counts)
{
	__u64 now = bpf_ktime_get_ns();

	for (int i = 0; i < BUDGET_TRIES; i++) {
		__u64 paid = counts->next_reject_ns;
		__u64 next = (paid > now ? paid : now) + GAP_NS;

		if (next > now + SQUALL_REJECTS_AT_ONCE * GAP_NS)
			return false;
		if (__sync_val_compare_and_swap(&counts->next_reject_ns, paid, next) == paid)
			return true;
	}
	return false;
}

/*
 * bytes that an error quotes, 0 when they are too many; the barriers keep both bounds for the
 * verifier
 */
static __always_inline __u32 quoted(const struct packet *p)
{
	__u32 bytes = p->transport_offset - p->ip_offset + QUOTED_BYTES;

	if (bytes < QUOTED_BYTES)
		return 0;
	barrier_var(bytes);
	return bytes > MAX_QUOTE ? 0 : bytes;
}

/*
 * A datagram whose checksum a device is to finish (see is_unfinished) stays one for the kernel: the
 * device will put a checksum of all that follows the IP header where the datagram has its own. In
 * an error that is the unused field, which receivers ignore; but it counts for the checksum of the
 * error. Over IPv6 that stays right when the field holds the sum of the pseudo header beforehand,
 * which is then what the device puts there; over IPv4, which has none, when it holds zero.
 */
static __always_inline bool is_unfinished_datagram(struct __sk_buff *skb, const struct packet *p)
{
	__u32 at = p->transport_offset + offsetof(struct udphdr, check);
	__u16 check;

	return p->ip_protocol == IPPROTO_UDP && !bpf_skb_load_bytes(skb, at, &check, 2) &&
	       fold(pseudo_sum(p, IPPROTO_UDP, transport_length(skb, p))) == check;
}

/* IP options and extension headers, which the error has not, shift the device's place */
static __always_inline bool has_further_headers(const struct packet *p)
{
	__u32 plain = p->address_bytes == 4 ? sizeof(struct iphdr) : sizeof(struct ipv6hdr);

	return p->transport_offset - p->ip_offset != plain;
}

/* the whole frame is new from the IP header on */
static __always_inline int send_answer(struct __sk_buff *skb, const struct packet *p, __u32 owner,
				       const void *answer, __u32 length)
{
	if (bpf_skb_change_tail(skb, p->ip_offset + length, 0))
		return CANNOT;
	swap_macs(skb, p);
	if (store(skb, p->ip_offset, answer, length))
		return CANNOT;
	mark_as_passed(skb, owner, TRIP_ANSWER);
	return bpf_redirect(skb->ifindex, backwards(p));
}

static __always_inline int unreachable4(struct __sk_buff *skb, const struct packet *p, __u32 owner)
{
	__u32 quote = quoted(p);
	struct answer4 answer = { .icmp = { .type = ICMP_UNREACHABLE, .code = ICMP_NO_PORT } };
	__u32 total = offsetof(struct answer4, quote) + quote;

	if (!quote || bpf_skb_load_bytes(skb, p->ip_offset, answer.quote, quote))
		return CANNOT;
	answer.ip.version = 4;
	answer.ip.ihl = 5;
	answer.ip.ttl = ANSWER_TTL;
	answer.ip.protocol = IPPROTO_ICMP;
	answer.ip.tot_len = bpf_htons(total);
	answer.ip.saddr = p->destination[0];
	answer.ip.daddr = p->source[0];
	answer.ip.check = ~fold(add_up(0, &answer.ip, sizeof(answer.ip)));
	answer.icmp.checksum = ~fold(add_up(0, &answer.icmp, sizeof(answer.icmp) + MAX_QUOTE));
	return send_answer(skb, p, owner, &answer, total);
}

static __always_inline int unreachable6(struct __sk_buff *skb, const struct packet *p, __u32 owner,
					bool unfinished)
{
	__u32 quote = quoted(p);
	struct answer6 answer = { .icmp = { .type = ICMPV6_UNREACHABLE, .code = ICMPV6_NO_PORT } };
	__u32 icmp_bytes = sizeof(answer.icmp) + quote;
	__u64 pseudo;

	if (!quote || bpf_skb_load_bytes(skb, p->ip_offset, answer.quote, quote))
		return CANNOT;
	answer.ip.version = 6;
	answer.ip.hop_limit = ANSWER_TTL;
	answer.ip.nexthdr = IPPROTO_ICMPV6;
	answer.ip.payload_len = bpf_htons(icmp_bytes);
	__builtin_memcpy(&answer.ip.saddr, p->destination, 16);
	__builtin_memcpy(&answer.ip.daddr, p->source, 16);
	pseudo = pseudo_sum(p, IPPROTO_ICMPV6, icmp_bytes);
	if (unfinished)
		answer.icmp.rest[1] = fold(pseudo);
	answer.icmp.checksum = ~fold(add_up(pseudo, &answer.icmp, sizeof(answer.icmp) + MAX_QUOTE));
	return send_answer(skb, p, owner, &answer, sizeof(answer.ip) + icmp_bytes);
}

/* the verdict, or CANNOT: the sender hears nothing */
static __always_inline int reject(struct __sk_buff *skb, const struct packet *p, __u32 owner,
				  struct squall_counts *counts)
{
	bool unfinished = is_unfinished_datagram(skb, p);

	if (!may_be_told(skb, p) || (p->tcp_flags & 4 /* RST */) || !within_budget(counts))
		return CANNOT;
	if (p->ip_protocol == IPPROTO_TCP)
		return can_reset(skb, p) ? reset(skb, p, owner, SQUALL_RESET_SENDER) : CANNOT;
	if (unfinished && has_further_headers(p))
		return CANNOT;
	if (p->address_bytes == 4)
		return unreachable4(skb, p, owner);
	return unreachable6(skb, p, owner, unfinished);
}

#endif
