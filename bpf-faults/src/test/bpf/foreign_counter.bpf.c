// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Somebody else's program on the same hook: counts UDP over IPv4 to one port, and lets all pass. */
#include <linux/bpf.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define PORT 7010
#define PROTOCOL_AT 23 /* behind an Ethernet header */
#define DESTINATION_AT 36 /* and an IP header without options */
#define UDP 17

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} foreign_count SEC(".maps");

SEC("tc")
int foreign_counter(struct __sk_buff *skb)
{
	__be16 destination = 0;
	__u8 protocol = 0;
	__u32 first = 0;
	__u64 *count = bpf_map_lookup_elem(&foreign_count, &first);

	bpf_skb_load_bytes(skb, PROTOCOL_AT, &protocol, sizeof(protocol));
	bpf_skb_load_bytes(skb, DESTINATION_AT, &destination, sizeof(destination));
	if (count && protocol == UDP && destination == bpf_htons(PORT))
		__sync_fetch_and_add(count, 1);
	return -1; /* TCX_NEXT */
}

char _license[] SEC("license") = "Dual BSD/GPL";
