// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Sends UDP packets through a TAP device and back, for the tests of the loop that holds them. */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define ENTRIES 4096
#define TAP_MAGIC 0x5153
#define RETURNED_MARK 0x51530001
#define ADDRESS_BYTES 12

struct departure {
	__u8 addresses[ADDRESS_BYTES]; /* what the tag overwrote */
	__u8 _pad[4];
	__u64 time_ns;
};

/* Stands where the two Ethernet addresses were. */
struct tag {
	__u16 magic;
	__u32 index;
	__u8 _pad[6];
} __attribute__((packed));

struct settings {
	__u64 delay_ns;
	__u64 heartbeat_ns;
	__u32 tap_ifindex;
	__u32 target_ifindex;
	__u32 sent;
	__u32 returned;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, ENTRIES);
	__type(key, __u32);
	__type(value, struct departure);
} test_departures SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct settings);
} test_settings SEC(".maps");

static struct settings *settings(void)
{
	__u32 key = 0;

	return bpf_map_lookup_elem(&test_settings, &key);
}

static int send_through_tap(struct __sk_buff *skb, struct settings *with)
{
	__u32 index = __sync_fetch_and_add(&with->sent, 1) % ENTRIES;
	struct departure *departure = bpf_map_lookup_elem(&test_departures, &index);
	struct tag tag = { .magic = TAP_MAGIC, .index = index };

	if (!departure)
		return TC_ACT_UNSPEC;
	bpf_skb_load_bytes(skb, 0, departure->addresses, ADDRESS_BYTES);
	departure->time_ns = bpf_ktime_get_ns() + with->delay_ns;
	bpf_skb_store_bytes(skb, 0, &tag, sizeof(tag), 0);
	return bpf_redirect(with->tap_ifindex, 0);
}

/* On the target's egress. */
SEC("tc")
int test_to_tap(struct __sk_buff *skb)
{
	struct settings *with = settings();
	__u8 protocol = 0;

	if (!with || skb->protocol != bpf_htons(ETH_P_IP))
		return TC_ACT_UNSPEC;
	if (skb->mark == RETURNED_MARK) {
		skb->mark = 0;
		return TC_ACT_UNSPEC;
	}
	bpf_skb_load_bytes(skb, ETH_HLEN + 9, &protocol, 1);
	if (protocol != IPPROTO_UDP && protocol != IPPROTO_TCP)
		return TC_ACT_UNSPEC;
	return send_through_tap(skb, with);
}

/* On the TAP device's ingress. */
SEC("tc")
int test_from_tap(struct __sk_buff *skb)
{
	struct settings *with = settings();
	struct departure *departure;
	struct tag tag;
	__u32 index;

	if (!with || bpf_skb_load_bytes(skb, 0, &tag, sizeof(tag)) || tag.magic != TAP_MAGIC)
		return TC_ACT_SHOT;
	index = tag.index;
	departure = bpf_map_lookup_elem(&test_departures, &index);
	if (!departure)
		return TC_ACT_SHOT;
	bpf_skb_store_bytes(skb, 0, departure->addresses, ADDRESS_BYTES, 0);
	__sync_fetch_and_add(&with->returned, 1);
	skb->mark = RETURNED_MARK;
	return bpf_redirect(with->target_ifindex, 0);
}

char _license[] SEC("license") = "Dual BSD/GPL";
