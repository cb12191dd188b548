// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Squall's programs: gate, parse, match; then for each rule that matches, in the order of the
 * stages: chance, act, count. What cannot be parsed passes, and so does everything when in doubt.
 */
#include "act.h"
#include "choose.h"
#include "parse.h"
#include "place.h"
#include "split.h"

char _license[] SEC("license") = "Dual BSD/GPL";

/*
 * rules: those that a copy has before it; 0: a packet that comes for the first time; is_segment:
 * the copy is a part of one
 */
static __always_inline int examine(struct __sk_buff *skb, struct squall_run *run, __u32 direction,
				   __u64 rules, bool is_segment)
{
	struct squall_table *table = bpf_map_lookup_elem(&squall_table, &direction);
	struct packet p = { .direction = direction };
	struct sentence sentence;

	if (!table || !table->rules || !parse(skb, &p, table->link_header))
		return TC_NEXT;
	if (!rules) {
		rules = choose_rules(skb, table, &p);
		if (rules & table->per_segment)
			return split(skb, run, &p, rules);
		is_segment = true;
	}
	if (is_segment && (rules & table->by_place))
		rules = in_place(skb, &p, rules, table->by_place);
	if (!rules)
		return TC_NEXT;
	sentence = judge(skb, run, table, &p, rules);
	return carry_out(skb, &p, rules, &sentence);
}

/* the gate alone, until it is open: what it costs, every packet pays */
static __always_inline int on_packet(struct __sk_buff *skb, __u32 direction)
{
	struct squall_run *run = the_run();
	bool is_segment = false;
	__u64 rules = 0;

	if (!run)
		return TC_NEXT;
	if (has_passed(skb)) {
		rules = readmit(skb, run, &is_segment);
		if (!rules)
			return TC_NEXT;
	}
	if (!gate_is_open(run))
		return TC_NEXT;
	return examine(skb, run, direction, rules, is_segment);
}

SEC("tc")
int squall_egress(struct __sk_buff *skb)
{
	return on_packet(skb, SQUALL_EGRESS);
}

SEC("tc")
int squall_ingress(struct __sk_buff *skb)
{
	return on_packet(skb, SQUALL_INGRESS);
}

SEC("tc")
int squall_far(struct __sk_buff *skb)
{
	return on_arrival_at_far(skb);
}

SEC("tc")
int squall_near(struct __sk_buff *skb)
{
	return on_return_to_near(skb);
}

SEC("tc")
int squall_mirror(struct __sk_buff *skb)
{
	return on_mirror(skb);
}

SEC("tc")
int squall_back(struct __sk_buff *skb)
{
	return on_return_from_split(skb);
}

/* both clocks at one instant, for user space, which sees only one of them; run by test_run */
SEC("tc")
int squall_clock(struct __sk_buff *skb)
{
	struct squall_run *run = the_run();

	if (!run)
		return TC_DROP;
	run->clock_jiffies = bpf_jiffies64();
	run->clock_ns = bpf_ktime_get_ns();
	return TC_NEXT;
}
