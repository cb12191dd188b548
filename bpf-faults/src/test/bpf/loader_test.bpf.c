// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What the loader's own tests load: small programs that show one thing each. */
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

#define EVENT_RING_BYTES (1 << 16)

struct event {
	__u64 number;
	__u32 length;
	__u32 mark;
};

/* The size is no multiple of 8 on purpose: mapped entries are further apart. */
struct counter {
	__u32 packets;
	__u32 last_length;
	__u32 last_mark;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, struct counter);
} test_counters SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, __u64);
} test_hash SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} test_percpu SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, EVENT_RING_BYTES);
} test_events SEC(".maps");

/* Counts every packet in entry 1 and lets it pass to the next program. */
SEC("tc")
int test_count(struct __sk_buff *skb)
{
	__u32 key = 1;
	struct counter *counter = bpf_map_lookup_elem(&test_counters, &key);

	if (counter) {
		__sync_fetch_and_add(&counter->packets, 1);
		counter->last_length = skb->len;
		counter->last_mark = skb->mark;
	}
	return TC_ACT_UNSPEC;
}

/* Answers with what it was given, changed by one. */
SEC("tc")
int test_echo(struct __sk_buff *skb)
{
	skb->mark += 1;
	skb->priority += 1;
	skb->tstamp += 1000;
	return skb->gso_segs;
}

/* Drops everything. */
SEC("tc")
int test_drop(struct __sk_buff *skb __attribute__((unused)))
{
	return TC_ACT_SHOT;
}

/* Emits one event per packet; every third record is discarded. */
SEC("tc")
int test_emit(struct __sk_buff *skb)
{
	static __u64 number;
	struct event *event = bpf_ringbuf_reserve(&test_events, sizeof(*event), 0);

	if (!event)
		return TC_ACT_SHOT;
	event->number = number++;
	event->length = skb->len;
	event->mark = skb->mark;
	if (event->number % 3 == 2)
		bpf_ringbuf_discard(event, 0);
	else
		bpf_ringbuf_submit(event, 0);
	return TC_ACT_UNSPEC;
}

/* The verifier refuses this one. Nobody loads it except to see that. */
SEC("tc")
int test_refused(struct __sk_buff *skb)
{
	return *(char *)(long)skb->data;
}

char _license[] SEC("license") = "Dual BSD/GPL";
