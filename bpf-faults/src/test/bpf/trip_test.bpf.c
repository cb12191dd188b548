// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * A test run cannot set skb->hash, by which packets that were away are known: this program sets
 * it, to the packet's priority, and hands over to the one that is tested.
 */
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} test_next SEC(".maps");

SEC("tc")
int test_with_hash(struct __sk_buff *skb)
{
	bpf_set_hash(skb, skb->priority);
	skb->priority = 0;
	bpf_tail_call(skb, &test_next, 0);
	return TC_ACT_SHOT;
}

char _license[] SEC("license") = "Dual BSD/GPL";
