/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * TLS. The first that a client says names the server (RFC 8446 4.1.2, RFC 6066 3), in the clear;
 * from that packet on the flow is known. The hello may come in several packets; a name that is cut,
 * or that does not come in the first 64 extensions, is not read, and the flow passes.
 */
#ifndef TLS_H
#define TLS_H

#include "chance.h"
#include "names.h"

#define TLS_HANDSHAKE 22
#define TLS_CLIENT_HELLO 1
#define TLS_HELLO_FIXED                                                                            \
	(5 + 4 + 2 + 32) /* record, message, version, random: then the session's id */
#define TLS_EXTENSIONS 64
#define TLS_SERVER_NAME 0
#define TLS_HOST_NAME 0

struct hello {
	struct __sk_buff *skb;
	__u32 at; /* from the packet's start */
	__u32 packet_end;
	__u32 end; /* of the extensions; may lie in a packet to come */
	enum { HELLO_NAMELESS, HELLO_NAMED, HELLO_GOES_ON } state;
};

struct server_name {
	__be16 list_bytes;
	__u8 type;
	__u8 bytes[2];
} __attribute__((packed));

/* skips a vector whose length stands in so many bytes; false: it is not there */
static __always_inline bool skip_vector(struct hello *h, __u32 width)
{
	__u8 bytes[2] = {};

	if (bpf_skb_load_bytes(h->skb, h->at, width == 1 ? &bytes[1] : bytes, width))
		return false;
	h->at += width + (bytes[0] << 8 | bytes[1]);
	return true;
}

/* to the first extension; false: this is no hello */
static __always_inline bool open_hello(struct hello *h)
{
	__u8 start[6];
	__be16 bytes;

	if (bpf_skb_load_bytes(h->skb, h->at, start, sizeof(start)) || start[0] != TLS_HANDSHAKE ||
	    start[5] != TLS_CLIENT_HELLO)
		return false;
	h->at += TLS_HELLO_FIXED;
	/* id of the session, ciphers, compression */
	if (!skip_vector(h, 1) || !skip_vector(h, 2) || !skip_vector(h, 1) ||
	    bpf_skb_load_bytes(h->skb, h->at, &bytes, sizeof(bytes)))
		return false;
	h->at += sizeof(bytes);
	h->end = h->at + bpf_ntohs(bytes);
	return true;
}

static long next_extension(__u32 turn, struct hello *h)
{
	__be16 head[2]; /* kind, bytes */

	if (h->at + sizeof(head) > h->end || bpf_skb_load_bytes(h->skb, h->at, head, sizeof(head)))
		return 1;
	if (head[0] == bpf_htons(TLS_SERVER_NAME)) {
		h->state = HELLO_NAMED;
		return 1;
	}
	h->at += sizeof(head) + bpf_ntohs(head[1]);
	if (h->at < h->packet_end)
		return 0;
	h->state = HELLO_GOES_ON;
	return 1;
}

/* false: it cannot be read */
static __always_inline bool read_server(struct hello *h, __u64 rules[SQUALL_DIRECTIONS])
{
	struct reading reading = { .spelling = the_spelling() };
	__u32 at = h->at + 4, bytes;
	struct server_name name;

	if (!reading.spelling || bpf_skb_load_bytes(h->skb, at, &name, sizeof(name)) ||
	    name.type != TLS_HOST_NAME)
		return false;
	bytes = name.bytes[0] << 8 | name.bytes[1];
	reading.bytes = read_wire(h->skb, reading.spelling, at + sizeof(name), bytes);
	if (!bytes || bytes >= NAME_MASK || reading.bytes != bytes)
		return false;
	bpf_loop(SQUALL_NAME_BYTES, read_letter, &reading, 0);
	look_up(&reading, rules);
	return true;
}

/* what is known after this packet, which carries data; sequence: of its first byte */
static __always_inline void listen(struct hello *h, struct session *session, __u32 data,
				   __u32 sequence)
{
	struct squall_run *run = the_run();

	h->state = HELLO_NAMELESS;
	bpf_loop(TLS_EXTENSIONS, next_extension, h, 0);
	session->next = sequence + h->at - data;
	session->end = sequence + h->end - data;
	session->read = h->state != HELLO_GOES_ON || h->at + 4 > h->end;
	if (!session->read || (h->state == HELLO_NAMED && read_server(h, session->rules)))
		return;
	if (run)
		__sync_fetch_and_add(&run->nameless, 1);
}

/* what the flow's first data, or what follows it, says; false: nothing new */
static __always_inline bool hear(struct __sk_buff *skb, const struct packet *p,
				 struct session *session, bool first)
{
	__u32 data = payload_offset(skb, p), end = p->transport_offset + transport_length(skb, p);
	struct hello hello = { .skb = skb, .at = data, .packet_end = end };
	__be32 sequence;

	if (!data || data >= end ||
	    bpf_skb_load_bytes(skb, p->transport_offset + 4, &sequence, sizeof(sequence)))
		return false;
	if (first) {
		session->direction = p->direction;
		if (!open_hello(&hello))
			hello.end = 0;
	} else {
		__u32 ahead = session->next - bpf_ntohl(sequence);

		if (session->direction != p->direction || ahead >= end - data)
			return false;
		hello.at = data + ahead;
		hello.end = data + (session->end - bpf_ntohl(sequence));
	}
	listen(&hello, session, data, bpf_ntohl(sequence));
	return true;
}

/* the rules of this direction that ask for the flow's server; none while it is not known */
__noinline __u64 of_session(struct __sk_buff *skb, struct packet *p)
{
	struct session fresh = {}, *session;
	__u64 flow;

	if (!wants(SQUALL_FEATURE_SERVERS) || !p || p->fragment || p->ip_protocol != IPPROTO_TCP)
		return 0;
	flow = flow_of(p);
	if ((p->tcp_flags & 0x12) == 0x02) {
		bpf_map_delete_elem(&squall_sessions, &flow);
		return 0;
	}
	session = bpf_map_lookup_elem(&squall_sessions, &flow);
	if (!session) {
		if (hear(skb, p, &fresh, true))
			bpf_map_update_elem(&squall_sessions, &flow, &fresh, BPF_ANY);
		return fresh.rules[p->direction & 1];
	}
	if (!session->read)
		hear(skb, p, session, false);
	return session->rules[p->direction & 1];
}

#endif
