/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Who, in full: the axes first; then what few packets carry, names; last who is exempt. */
#ifndef CHOOSE_H
#define CHOOSE_H

#include "dns.h"
#include "tls.h"

static __always_inline __u64 choose_rules(struct __sk_buff *skb, const struct squall_table *t,
					  struct packet *p)
{
	__u64 rules = match(t, p);

	if (rules & t->by_question)
		rules &= ~t->by_question | asked_for(skb, p);
	if (rules & t->by_server)
		rules &= ~t->by_server | of_session(skb, p);
	if (rules & t->exempting)
		rules = less_exempted(t, p, rules);
	return rules;
}

#endif
