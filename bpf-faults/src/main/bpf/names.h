/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Names of hosts, in answers of DNS and in hellos of TLS. Rules ask for a whole name, for all that
 * begin with something, or for all that end with something: two tries, one of them from behind.
 */
#ifndef NAMES_H
#define NAMES_H

#include "frame.h"
#include "match.h"

#define LONGEST_LABEL 63
#define NAME_MASK (SQUALL_NAME_BYTES - 1)
#define WIRE_MASK (2 * SQUALL_NAME_BYTES - 1)

static __always_inline struct spelling *the_spelling(void)
{
	__u32 only = 0;

	return bpf_map_lookup_elem(&squall_spelling, &only);
}

/* at most 512 bytes, as far as there are, into wire; how many */
static __always_inline __u32 read_wire(struct __sk_buff *skb, struct spelling *spelling,
				       __u32 offset, __u32 bytes)
{
	__u32 last;

	if (!bytes || offset >= skb->len)
		return 0;
	if (bytes > skb->len - offset)
		bytes = skb->len - offset;
	/* that there is a byte at least, Linux 6.1 learns from this, not from the above */
	last = bytes - 1;
	barrier_var(last);
	bytes = (last & WIRE_MASK) + 1;
	return bpf_skb_load_bytes(skb, offset, spelling->wire, bytes) ? 0 : bytes;
}

static __always_inline __u8 lower(__u8 letter)
{
	return letter >= 'A' && letter <= 'Z' ? letter | 0x20 : letter;
}

struct reading {
	struct spelling *spelling;
	__u32 bytes; /* that there are */
	__u32 label; /* DNS: where the next one begins */
	__u32 length; /* of the name */
	bool whole;
};

/* labels with their lengths become a name with dots (RFC 1035 3.1); a pointer is not followed */
static long read_label(__u32 at, struct reading *r)
{
	__u8 letter;

	if (at >= r->bytes)
		return 1;
	letter = r->spelling->wire[at & NAME_MASK];
	if (at == r->label) {
		r->whole = !letter;
		if (letter > LONGEST_LABEL || r->whole)
			return 1;
		r->label = at + letter + 1;
		letter = '.';
	}
	if (at) {
		r->spelling->name.text[r->length & NAME_MASK] = lower(letter);
		r->length++;
	}
	return 0;
}

static long read_letter(__u32 at, struct reading *r)
{
	if (at >= r->bytes)
		return 1;
	r->spelling->name.text[at & NAME_MASK] = lower(r->spelling->wire[at & NAME_MASK]);
	r->length++;
	return 0;
}

static long turn_round(__u32 at, struct reading *r)
{
	if (at >= r->length)
		return 1;
	r->spelling->ending.text[at & NAME_MASK] =
		r->spelling->name.text[(r->length - 1 - at) & NAME_MASK];
	return 0;
}

/* the name has been read: the rules of both directions that it satisfies */
static __always_inline void look_up(struct reading *r, __u64 rules[SQUALL_DIRECTIONS])
{
	struct squall_name *name = &r->spelling->name, *ending = &r->spelling->ending;
	struct squall_peer *found;

	bpf_loop(SQUALL_NAME_BYTES, turn_round, r, 0);
	name->text[r->length & NAME_MASK] = 0;
	name->bits = (r->length + 1) * 8;
	ending->bits = r->length * 8;
	found = bpf_map_lookup_elem(&squall_names, name);
	rules[SQUALL_EGRESS] = satisfied(found, SQUALL_EGRESS);
	rules[SQUALL_INGRESS] = satisfied(found, SQUALL_INGRESS);
	found = bpf_map_lookup_elem(&squall_endings, ending);
	rules[SQUALL_EGRESS] |= satisfied(found, SQUALL_EGRESS);
	rules[SQUALL_INGRESS] |= satisfied(found, SQUALL_INGRESS);
}

#endif
