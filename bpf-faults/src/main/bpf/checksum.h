/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Internet checksums, RFC 1071. */
#ifndef CHECKSUM_H
#define CHECKSUM_H

#include "packet.h"

static __always_inline __u16 fold(__u64 sum)
{
	sum = (sum & 0xffffffff) + (sum >> 32);
	sum = (sum & 0xffffffff) + (sum >> 32);
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	return (sum & 0xffff) + (sum >> 16);
}

static __always_inline __u64 add_up(__u64 sum, const void *bytes, __u32 length)
{
	return sum + bpf_csum_diff(NULL, 0, (__be32 *)bytes, length, 0);
}

/* of the pseudo header: the same when both ends are swapped */
static __always_inline __u64 pseudo_sum(const struct packet *p, __u8 protocol, __u32 length)
{
	__u64 sum = add_up(add_up(0, p->source, 16), p->destination, 16);

	return sum + bpf_htons(protocol) + bpf_htons(length & 0xffff) + bpf_htons(length >> 16);
}

#endif
