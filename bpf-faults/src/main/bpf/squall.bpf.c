// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Squall's programs: gate, parse, match; then for each rule that matches, in the order of the stages:
 * chance, act, count. What cannot be parsed passes, and so does everything when in doubt.
 */
#include "fault_abi.h"
#include "maps.h"
#include "parse.h"
#include "match.h"
#include "chance.h"
#include "counters.h"
#include "passage.h"
#include "line.h"
#include "partition.h"
#include "reset.h"

char _license[] SEC("license") = "Dual BSD/GPL";

static __always_inline bool gate_is_open(const struct squall_run *run)
{
	return run->armed && bpf_jiffies64() < run->lease_until;
}

static __always_inline bool in_force(const struct squall_run *run, __u32 experiment)
{
	const struct squall_experiment *e = &run->experiments[experiment & (SQUALL_EXPERIMENTS - 1)];
	__u64 now = bpf_jiffies64();

	return (run->armed >> (experiment & (SQUALL_EXPERIMENTS - 1)) & 1) && !e->stop &&
	       now >= e->not_before && now < e->deadline;
}

static __always_inline __u64 first_stage(const struct squall_table *table, __u64 rules)
{
	__u64 first = rules & table->stage[SQUALL_LOSE];

	if (!first)
		first = rules & table->stage[SQUALL_SEVER];
	return first ? first : rules;
}

static __always_inline void count(struct __sk_buff *skb, const struct packet *p,
				  struct squall_counts *counts, const struct squall_rule *rule,
				  __u32 index)
{
	__u64 n = count_hit(counts, skb);

	if (!(n & rule->audit_mask))
		audit(skb, p, rule, index);
}

/* what the rules want of a packet */
struct sentence {
	__u32 fault; /* the one that ends it, SQUALL_EXEMPT when none does */
	__u32 index; /* of its rule */
	__u64 delays; /* bits */
};

/* false: this rule ends the packet, the others have no turn */
static __always_inline bool consult(struct __sk_buff *skb, const struct squall_run *run,
				    const struct packet *p, __u32 bit, struct sentence *sentence)
{
	__u32 index = p->direction * SQUALL_RULES + bit;
	struct squall_counts *counts = counts_at(index);
	struct squall_rule *rule = rule_at(index);

	if (!rule || !counts || !in_force(run, rule->experiment))
		return true;
	if (!by_chance(rule, p, count_match(counts, skb)))
		return true;
	if (rule->flags & SQUALL_DRY_RUN) {
		count(skb, p, counts, rule, index);
		return true;
	}
	if (rule->fault == SQUALL_DELAY) {
		sentence->delays |= 1ULL << bit;
		return true;
	}
	sentence->fault = rule->fault;
	sentence->index = index;
	return false;
}

struct hearing {
	struct __sk_buff *skb;
	const struct squall_run *run;
	const struct squall_table *table;
	const struct packet *p;
	__u64 rules;
	struct sentence sentence;
};

static long consult_next(__u32 turn, struct hearing *h)
{
	__u32 bit;

	if (!h->rules)
		return 1;
	bit = lowest_bit(first_stage(h->table, h->rules));
	h->rules &= ~(1ULL << bit);
	return !consult(h->skb, h->run, h->p, bit, &h->sentence);
}

/* a call costs as much as the rest: the one rule that mostly matches does without */
static __always_inline struct sentence judge(struct __sk_buff *skb, const struct squall_run *run,
					     const struct squall_table *table,
					     const struct packet *p, __u64 rules)
{
	struct hearing hearing = { skb, run, table, p, rules };

	if (rules & (rules - 1))
		bpf_loop(SQUALL_RULES, consult_next, &hearing, 0);
	else
		consult(skb, run, p, lowest_bit(rules), &hearing.sentence);
	return hearing.sentence;
}

/*
 * The rest is not static: the verifier looks at a global function once, whatever led there, and a
 * packet on its way there can afford the call.
 */

/* reset and partition */
__noinline int sever(struct __sk_buff *skb, struct packet *p, __u32 index)
{
	struct squall_counts *counts = counts_at(index);
	struct squall_rule *rule = rule_at(index);
	struct squall_run *run = the_run();
	int verdict = CANNOT;

	if (!p || !run || !rule || !counts)
		return TC_NEXT;
	if (rule->fault == SQUALL_RESET && !can_reset(p)) {
		__sync_fetch_and_add(&counts->overflow, 1);
		return TC_NEXT;
	}
	count(skb, p, counts, rule, index);
	if (rule->fault == SQUALL_RESET)
		verdict = reset(skb, p, run->owner, rule->mode);
	else if (rule->mode == SQUALL_REJECT)
		verdict = reject(skb, p, run->owner, counts);
	return verdict == CANNOT ? vanish(p) : verdict;
}

/* every delay that hit has its turn at the device; the first begins here */
__noinline int delay(struct __sk_buff *skb, struct packet *p, __u64 delays)
{
	struct trip trip = { .pending = delays & (delays - 1), .mark = skb->mark };
	struct squall_counts *counts;
	struct squall_rule *rule;

	if (!p)
		return TC_NEXT;
	trip.rule = p->direction * SQUALL_RULES + lowest_bit(delays);
	trip.flow = flow_of(p);
	counts = counts_at(trip.rule);
	rule = rule_at(trip.rule);
	if (!rule || !counts)
		return TC_NEXT;
	if (!send_to_wait(skb, &trip)) {
		__sync_fetch_and_add(&counts->overflow, 1);
		return TC_NEXT;
	}
	count(skb, p, counts, rule, trip.rule);
	return vanish(p);
}

static __always_inline int carry_out(struct __sk_buff *skb, struct packet *p,
				     const struct sentence *sentence)
{
	struct squall_counts *counts;
	struct squall_rule *rule;

	if (sentence->fault == SQUALL_EXEMPT)
		return sentence->delays ? delay(skb, p, sentence->delays) : TC_NEXT;
	if (sentence->fault != SQUALL_LOSS)
		return sever(skb, p, sentence->index);
	counts = counts_at(sentence->index);
	rule = rule_at(sentence->index);
	if (!counts || !rule)
		return TC_NEXT;
	count(skb, p, counts, rule, sentence->index);
	return vanish(p);
}

static __always_inline int on_packet(struct __sk_buff *skb, __u32 direction)
{
	struct packet p = { .direction = direction };
	struct squall_run *run = the_run();
	struct squall_table *table;
	struct sentence sentence;
	__u64 rules;

	if (!run)
		return TC_NEXT;
	if (has_passed(skb))
		return let_pass_again(skb, run);
	if (!gate_is_open(run))
		return TC_NEXT;
	table = bpf_map_lookup_elem(&squall_table, &direction);
	if (!table || !table->rules || !parse(skb, &p, table->link_header))
		return TC_NEXT;
	rules = match(table, &p);
	if (!rules)
		return TC_NEXT;
	sentence = judge(skb, run, table, &p, rules);
	return carry_out(skb, &p, &sentence);
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
