// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>
SEC("tc") int y(struct __sk_buff *skb) { return 0; }
char LICENSE[] SEC("license") = "Dual BSD/GPL";
